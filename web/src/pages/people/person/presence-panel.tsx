import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../../parts/callout.tsx'
import { Panel } from '../../../parts/panel.tsx'
import { changePerson, type PersonDetail } from '../people.ts'
import { PersonPicker } from '../person-picker.tsx'
import { giveOn } from './give-on.ts'
import { OpenActions } from './open-actions-panel.tsx'

/** Whether somebody is there. Before they leave, what waits for them is shown, and who takes it over is asked. */
export function PresencePanel({ person }: { person: PersonDetail }) {
  const { t } = useTranslation('people')
  const queries = useQueryClient()
  const [isLeaving, { open, close }] = useDisclosure(false)
  const returning = useMutation({
    mutationFn: () => changePerson(person.id, { active: true }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['people'] }),
  })
  return (
    <Panel title={t('presence.title')}>
      <Text mb="md">{t(person.active ? 'presence.here' : 'presence.left')}</Text>
      {person.active ? (
        <Button variant="default" onClick={open}>
          {t('presence.leave')}
        </Button>
      ) : (
        <Button variant="default" loading={returning.isPending} onClick={() => returning.mutate()}>
          {t('presence.return')}
        </Button>
      )}
      {returning.error && (
        <Callout kind="failed" role="alert" mt="md">
          {returning.error.message}
        </Callout>
      )}
      <Modal
        opened={isLeaving}
        onClose={close}
        title={t('presence.title-leave', { name: person.name })}
        size="lg"
        closeButtonProps={{ 'aria-label': t('cancel') }}
      >
        <Leaving person={person} onDone={close} />
      </Modal>
    </Panel>
  )
}

function Leaving({ person, onDone }: { person: PersonDetail; onDone: () => void }) {
  const { t } = useTranslation('people')
  const queries = useQueryClient()
  const [to, setTo] = useState('')
  const leaving = useMutation({
    mutationFn: async () => {
      if (to.trim() !== '') await giveOn(person.address, to.trim())
      await changePerson(person.id, { active: false })
    },
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: ['people'] }),
  })
  return (
    <Stack gap="md">
      <Text>{t('presence.what')}</Text>
      {person.openActions > 0 && (
        <>
          <Callout kind="waiting" title={t('open.title', { count: person.openActions })}>
            <OpenActions address={person.address} />
          </Callout>
          <PersonPicker
            label={t('presence.to')}
            description={t('presence.to-hint')}
            value={to}
            onChange={setTo}
            comboboxProps={{ withinPortal: false }}
          />
        </>
      )}
      {person.manages > 0 && (
        <Callout kind="waiting">{t('presence.manages', { count: person.manages })}</Callout>
      )}
      {leaving.error && (
        <Callout kind="failed" role="alert">
          {leaving.error.message}
        </Callout>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onDone} data-autofocus>
          {t('cancel')}
        </Button>
        <Button color="red" loading={leaving.isPending} onClick={() => leaving.mutate()}>
          {t('presence.submit')}
        </Button>
      </Group>
    </Stack>
  )
}
