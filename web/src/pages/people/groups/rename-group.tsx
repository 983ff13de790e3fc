import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type PeopleGroup, renameGroup } from './groups.ts'

/** Gives a group another name; what calls it by an earlier one still finds it. */
export function RenameGroup({ group }: { group: PeopleGroup }) {
  const { t } = useTranslation('people')
  const queries = useQueryClient()
  const [isOpen, { open, close }] = useDisclosure(false)
  const form = useForm({ initialValues: { name: group.name } })
  const renaming = useMutation({
    mutationFn: ({ name }: { name: string }) => renameGroup(group.id, name),
    onSuccess: async () => {
      close()
      await queries.invalidateQueries({ queryKey: ['people'] })
    },
    onError: (error) => form.setFieldError('name', error.message),
  })
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('groups.rename.open')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('groups.rename.title', { name: group.name })}
        closeButtonProps={{ 'aria-label': t('groups.keep') }}
      >
        <form noValidate onSubmit={form.onSubmit((values) => renaming.mutate(values))}>
          <Stack gap="md">
            <TextInput
              label={t('groups.rename.name')}
              description={t('groups.rename.hint')}
              maxLength={100}
              data-autofocus
              {...form.getInputProps('name')}
            />
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={close}>
                {t('groups.keep')}
              </Button>
              <Button type="submit" loading={renaming.isPending}>
                {t('groups.rename.open')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
