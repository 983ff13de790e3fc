import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../api/problem-error.ts'
import { Callout } from '../../parts/callout.tsx'
import { LeaveGuard } from '../../parts/leave-guard.tsx'
import { useLocalText } from '../../parts/local-text.ts'
import { showFaults } from '../../parts/show-faults.ts'
import { keptOf } from './attached-file.ts'
import { type DraftOwner, dropDraft, keepDraft, keptDraft, newDraft } from './drafts.ts'
import { FieldInput } from './field-input.tsx'
import { FilesInput } from './files-input.tsx'
import { faultsOf, makeRequest, type ProcessForm, type Values } from './processes.ts'
import { SendProblem } from './send-problem.tsx'
import { useFiles } from './use-files.ts'

/**
 * What a requester fills in. What a value lacks is said when its field is left, and again by the server when all is sent,
 * which counts once however often it is pressed. What was typed outlives a reload of the page.
 */
export function RequestForm({ process, owner }: { process: ProcessForm; owner: DraftOwner }) {
  const { t } = useTranslation('new-request')
  const text = useLocalText()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [restored, setRestored] = useState(() => keptDraft(owner, process.fields))
  const [empty] = useState(() => newDraft(process.fields))
  const key = useRef(restored?.key ?? empty.key)
  const isSent = useRef(false)
  const kept = useRef(restored?.files ?? [])
  const form = useForm<Values>({
    initialValues: restored?.values ?? empty.values,
    onValuesChange: (values) => {
      if (!isSent.current) keepDraft(owner, { key: key.current, values, files: kept.current })
    },
  })
  const files = useFiles({
    kept: kept.current,
    limits: process.fileLimits,
    isSent: () => isSent.current,
    onChange: (files) => {
      kept.current = files
      if (!isSent.current) keepDraft(owner, { key: key.current, values: form.getValues(), files })
    },
  })
  const sending = useMutation({
    mutationFn: async (values: Values) => {
      const all = await files.settled()
      if (all.some(({ state }) => state.kind === 'failed')) throw new FilesFailed()
      return makeRequest(process, { values, files: keptOf(all).map(({ id }) => id), key: key.current })
    },
    onSuccess: async (request) => {
      isSent.current = true
      queries.setQueryData(['request', request.id], request)
      await queries.invalidateQueries({ queryKey: ['requests'] })
      await navigate({ to: '/requests/$id', params: { id: String(request.id) } })
    },
    onError: (error) => {
      if (!(error instanceof ProblemError)) return
      const { code, values, detail } = error.problem
      if (isAboutFiles(code) && values.file !== undefined) files.refuse(values.file, detail)
      showFaults(form, Object.fromEntries(error.problem.problems.map(({ path, message }) => [path, message])))
    },
  })
  const { error } = sending
  const isAtField = error instanceof ProblemError && error.problem.problems.length > 0
  const filesError = useFilesError(error)

  // Whoever leaves has sent it, or was told that it will be lost. A reload leaves nothing.
  const { process: name, personId } = owner
  useEffect(() => () => dropDraft({ process: name, personId }), [name, personId])

  function startOver() {
    key.current = crypto.randomUUID()
    setRestored(null)
    form.setValues(empty.values)
    form.clearErrors()
    files.clear()
    sending.reset()
    dropDraft(owner)
  }

  async function checkField(field: string) {
    const value = form.getValues()[field] ?? ''
    if (value.trim() === '') return
    // Without an answer it is said once all is sent.
    const faults = await faultsOf(process, form.getValues()).catch(() => null)
    if (faults !== null && form.getValues()[field] === value) {
      form.setFieldError(field, faults.get(field) ?? null)
    }
  }

  return (
    <Paper withBorder p="lg" maw={720}>
      <form noValidate onSubmit={form.onSubmit((values) => sending.mutate(values))}>
        <Stack gap="md">
          {restored && (
            <Callout kind="quiet" role="status">
              <Group justify="space-between" gap="xs">
                <Text>{t('restored')}</Text>
                <Button variant="default" onClick={startOver}>
                  {t('start-over')}
                </Button>
              </Group>
            </Callout>
          )}
          {process.fields.map((field) => {
            const { onBlur, ...input } = form.getInputProps(field.name)
            return (
              <FieldInput
                key={field.name}
                field={field}
                {...input}
                onBlur={(event) => {
                  onBlur?.(event)
                  void checkField(field.name)
                }}
              />
            )
          })}
          {process.attachments !== 'none' && (
            <FilesInput
              files={files}
              limits={process.fileLimits}
              required={process.attachments === 'required'}
              error={filesError}
            />
          )}
          {error && !isAtField && filesError === null && (
            <SendProblem
              error={error}
              onSendAnew={() => {
                key.current = crypto.randomUUID()
                sending.mutate(form.getValues())
              }}
            />
          )}
          <Group justify="space-between" gap="sm">
            <Text size="sm" c="dimmed">
              {t('first-step', { step: text(process.firstStep) })}
            </Text>
            <Button type="submit" size="md" loading={sending.isPending}>
              {t('send')}
            </Button>
          </Group>
        </Stack>
      </form>
      <LeaveGuard
        isActive={() =>
          !isSent.current &&
          (files.all.length > 0 || Object.values(form.getValues()).some((value) => value !== ''))
        }
      />
    </Paper>
  )
}

/** A file that could not be added stands in the form: whoever sends it would believe that it goes along. */
class FilesFailed extends Error {}

const isAboutFiles = (code: string) => /^files?-/.test(code)

/** What a failed sending says of the files as a whole, beside what stands at one of them; null for nothing. */
function useFilesError(error: unknown): string | null {
  const { t } = useTranslation('new-request')
  if (error instanceof FilesFailed) return t('files.failed')
  if (!(error instanceof ProblemError) || !isAboutFiles(error.problem.code)) return null
  return error.problem.values.file === undefined ? error.problem.detail : t('files.failed')
}
