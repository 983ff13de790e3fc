import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import IconBan from '@tabler/icons-react/icons/IconBan'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wordsOf } from '../../api/problem-error.ts'
import { ProblemAlert } from '../../parts/problem-alert.tsx'
import { cancelRequest, type Request, requestQuery } from './requests.ts'

/** Takes an open request back, after saying what that means for whom it waits for. */
export function CancelRequest({ request }: { request: Request }) {
  const { t, i18n } = useTranslation('requests')
  const queries = useQueryClient()
  const [isOpen, { open, close }] = useDisclosure(false)
  const [comment, setComment] = useState('')
  const cancelling = useMutation({
    mutationFn: () => cancelRequest(request.id, { comment }),
    onSuccess: async (cancelled) => {
      queries.setQueryData(requestQuery(request.id).queryKey, cancelled)
      close()
      // The button that opened this is gone with the request.
      document.getElementById('content')?.focus()
      await queries.invalidateQueries({ queryKey: ['requests'] })
    },
  })
  const asked = request.actions
    .filter(({ status }) => status === 'open')
    .flatMap(({ assignees }) => assignees.map(({ name }) => name))
  const names = new Intl.ListFormat(i18n.language).format(asked)
  const { error } = cancelling
  return (
    <>
      <Button variant="default" leftSection={<IconBan size={18} stroke={1.75} aria-hidden />} onClick={open}>
        {t('cancel.open')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('cancel.title', { number: request.id })}
        closeButtonProps={{ 'aria-label': t('cancel.keep') }}
      >
        <Stack gap="md">
          <Text>
            {asked.length > 0 && `${t('cancel.told', { names })} `}
            {t('cancel.final')}
          </Text>
          <Textarea
            label={t('cancel.comment')}
            description={asked.length > 0 ? t('cancel.comment-read') : t('cancel.comment-kept')}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={20_000}
            size="md"
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
            data-autofocus
          />
          {error && (
            <ProblemAlert
              {...wordsOf(error, { title: t('unreachable.title'), detail: t('unreachable.detail') })}
            />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close}>
              {t('cancel.keep')}
            </Button>
            <Button color="red" loading={cancelling.isPending} onClick={() => cancelling.mutate()}>
              {t('cancel.submit')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
