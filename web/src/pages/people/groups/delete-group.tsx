import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Refusal } from '../refusal.tsx'
import { deleteGroup, type PeopleGroup } from './groups.ts'

/** Deletes a group that nothing needs; the server says what needs it otherwise. */
export function DeleteGroup({ group }: { group: PeopleGroup }) {
  const { t } = useTranslation('people')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [isOpen, { open, close }] = useDisclosure(false)
  const deleting = useMutation({
    mutationFn: () => deleteGroup(group.id),
    onSuccess: async () => {
      await navigate({ to: '/people/groups' })
      await queries.invalidateQueries({ queryKey: ['people'] })
    },
  })
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('groups.delete.open')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('groups.delete.title', { name: group.name })}
        closeButtonProps={{ 'aria-label': t('groups.keep') }}
      >
        <Stack gap="md">
          <Text>{t('groups.delete.detail')}</Text>
          <Refusal error={deleting.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close} data-autofocus>
              {t('groups.keep')}
            </Button>
            <Button color="red" loading={deleting.isPending} onClick={() => deleting.mutate()}>
              {t('groups.delete.submit')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
