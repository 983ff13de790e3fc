import { useTranslation } from 'react-i18next'
import type { Verification } from './entries.ts'

interface Problem {
  key: string
  text: string
  /** The id of the entry that can be looked at; null when there is none. */
  entry: string | null
}

const kinds = [
  'payload-altered',
  'entry-altered',
  'chain-broken',
  'chain-missing',
  'key-unknown',
  'signature-wrong',
  'order-broken',
  'heads-altered',
] as const

/** What a verification has found, in words, the first broken entry first. */
export function useProblems({ broken, checkpoints }: Verification): Problem[] {
  const { t } = useTranslation('audit')
  const inWords = (problem: string) => {
    const kind = kinds.find((one) => one === problem)
    return kind === undefined ? problem : t(`problem.${kind}`)
  }
  return [
    ...broken.map(({ requestId, sequence, problem }) => ({
      key: `${requestId}-${sequence}`,
      text:
        sequence === null
          ? t('problem.of-request', { request: requestId, problem: inWords(problem) })
          : t('problem.of-entry', { request: requestId, entry: sequence, problem: inWords(problem) }),
      entry: sequence === null ? null : `${requestId}-${sequence}`,
    })),
    ...(checkpoints?.broken ?? []).map(({ number, requestId, problem }) => ({
      key: `checkpoint ${number} ${requestId}`,
      text:
        requestId === null
          ? t('problem.of-checkpoint', { number, problem: inWords(problem) })
          : t('problem.of-head', { number, request: requestId, problem: inWords(problem) }),
      entry: null,
    })),
  ]
}
