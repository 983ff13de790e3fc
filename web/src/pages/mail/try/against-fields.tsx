import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { requestNumber } from '../../../parts/filter-values.ts'
import { useLocalText } from '../../../parts/local-text.ts'
import { QueryState } from '../../../parts/query-state.tsx'
import { type Against, processesQuery, stepsQuery } from './try-message.ts'

/** What a test message is read as the answer to, while it is chosen: a request by its number, or a step of a process. */
export function useAgainst() {
  const { t, i18n } = useTranslation('mail')
  const [request, setRequest] = useState('')
  const [process, setProcess] = useState('')
  const [step, setStep] = useState('')
  const [locale, setLocale] = useState<'en' | 'fr'>(i18n.language === 'fr' ? 'fr' : 'en')
  const [wrong, setWrong] = useState<string | null>(null)
  const processQuery = useQuery(processesQuery)
  const processes = processQuery.data ?? []
  // The first one there is, until another is chosen.
  const named = process || (processes[0]?.name ?? '')
  const stepQuery = useQuery(stepsQuery(named))
  const steps = stepQuery.data ?? []
  const stepName = steps.find(({ name }) => name === step)?.name ?? steps[0]?.name ?? ''

  /** Null, and said at the field, when it is not known what the message should answer. */
  function take(): Against | null {
    const number = requestNumber(request)
    const isStep = request.trim() === '' && stepName !== ''
    setWrong(number !== undefined || isStep ? null : t('filter.request-wrong'))
    if (isStep) return { process: named, step: stepName }
    return number === undefined ? null : { request: number }
  }

  return {
    ...{ request, setRequest, process: named, setProcess, step: stepName, setStep, locale, setLocale },
    ...{ wrong, processes, steps, take },
    failed: [processQuery, stepQuery].find(({ error }) => error !== null),
    isStep: request.trim() === '',
  }
}

/** The fields in which it is chosen. */
export function AgainstFields({ chosen }: { chosen: ReturnType<typeof useAgainst> }) {
  const { t } = useTranslation('mail')
  const text = useLocalText()
  if (chosen.failed) return <QueryState query={chosen.failed} />
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
      <TextInput
        label={t('try.request')}
        description={t('try.request-hint')}
        value={chosen.request}
        error={chosen.wrong}
        onChange={({ currentTarget }) => chosen.setRequest(currentTarget.value)}
      />
      {chosen.isStep && chosen.processes.length > 0 && (
        <>
          <NativeSelect
            label={t('try.process')}
            description={t('try.process-hint')}
            value={chosen.process}
            onChange={({ currentTarget }) => chosen.setProcess(currentTarget.value)}
            data={chosen.processes.map(({ name, title }) => ({ value: name, label: text(title) }))}
          />
          <NativeSelect
            label={t('try.step')}
            description={t('try.step-hint')}
            value={chosen.step}
            onChange={({ currentTarget }) => chosen.setStep(currentTarget.value)}
            data={chosen.steps.map(({ name, title }) => ({ value: name, label: text(title) }))}
          />
        </>
      )}
    </SimpleGrid>
  )
}
