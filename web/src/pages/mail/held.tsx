import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../parts/callout.tsx'
import { ErrorState } from '../../parts/error-state.tsx'
import { type HeldJudgement, type Inbound, settleHeld } from './messages.ts'
import { useMayAct } from './use-may-act.ts'

/** Of a reply that is held: what happens by itself, and what an administrator may make of it. */
export function Held({ message }: { message: Inbound }) {
  const { t } = useTranslation('mail')
  const [chosen, setChosen] = useState<HeldJudgement | null>(null)
  const mayAct = useMayAct()
  if (message.outcome !== 'held' || message.erasedAt !== null) return null
  const name = message.person?.name ?? ''
  return (
    <Callout kind="waiting" title={t('held.title')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('held.detail', { name })}</Text>
        {mayAct && (
          <Group gap="sm">
            <Button variant="default" onClick={() => setChosen('released')}>
              {t('held.release')}
            </Button>
            <Button variant="default" onClick={() => setChosen('rejected')}>
              {t('held.reject')}
            </Button>
          </Group>
        )}
      </Stack>
      {chosen !== null && (
        <Modal
          opened
          onClose={() => setChosen(null)}
          title={t(`held.${chosen}.title`)}
          closeButtonProps={{ 'aria-label': t('held.cancel') }}
        >
          <Judgement id={message.id} as={chosen} name={name} onClose={() => setChosen(null)} />
        </Modal>
      )}
    </Callout>
  )
}

interface JudgementProps {
  id: string
  as: HeldJudgement
  name: string
  onClose: () => void
}

/** Asks for the reason, which goes on record. */
function Judgement({ id, as, name, onClose }: JudgementProps) {
  const { t } = useTranslation('mail')
  const queryClient = useQueryClient()
  const [reason, setReason] = useState('')
  const [isLacking, setLacking] = useState(false)
  const settle = useMutation({
    mutationFn: () => settleHeld(id, { as, reason }),
    onSuccess: () => {
      onClose()
      return queryClient.invalidateQueries({ queryKey: ['message', id] })
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        setLacking(reason.trim().length < 3)
        if (reason.trim().length >= 3) settle.mutate()
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t(`held.${as}.detail`, { name })}</Text>
        <Textarea
          label={t('held.reason')}
          description={t('held.reason-hint')}
          autosize
          minRows={2}
          maxLength={2_000}
          value={reason}
          error={isLacking && reason.trim().length < 3 && t('held.reason-missing')}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
          data-autofocus
        />
        {settle.error && <ErrorState error={settle.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('held.cancel')}
          </Button>
          <Button type="submit" loading={settle.isPending}>
            {t(`held.${as}.submit`)}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
