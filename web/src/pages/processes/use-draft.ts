import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { checkOf, type Definition, type Problem, saveDefinition } from './processes.ts'

/** How long nothing is typed before the server is asked. */
const PAUSE_MS = 500

/** What a draft begins with: a version of a process, or a text that is none yet. */
export interface Base {
  /** 0 for a process that there is not yet. */
  version: number
  name: string | null
  source: string
  mailbox: string | null
}

export interface Draft {
  base: Base
  text: string
  setText: (text: string) => void
  mailbox: string | null
  setMailbox: (mailbox: string) => void
  isDirty: boolean
  discard: () => void
  /** The text that the server was asked about last, a moment behind what is typed. */
  checkedText: string
  /** What the server says of it; undefined until it has answered. */
  check:
    | {
        ok: boolean
        problems: Problem[]
        becomes: { name: string; version: number; changed: boolean } | null
        definition: Definition | null
      }
    | undefined
  checkError: unknown
  checkAgain: () => void
  /** Saves it as the next version of what it names. Throws `ProblemError`. */
  save: () => Promise<{ name: string; version: number; changed: boolean }>
}

/** A definition that is being changed, checked by the server while it is typed and saved by it alone. */
export function useDraft(initial: Base): Draft {
  const { i18n } = useTranslation()
  const queries = useQueryClient()
  const [base, setBase] = useState(initial)
  const [text, setText] = useState(initial.source)
  const [mailbox, setMailbox] = useState(initial.mailbox)
  const [checkedText] = useDebouncedValue(text, PAUSE_MS)
  const { data, error, refetch } = useQuery({
    ...checkOf(checkedText, i18n.language),
    enabled: checkedText !== '',
    placeholderData: keepPreviousData,
  })
  return {
    base,
    text,
    setText,
    mailbox,
    setMailbox,
    isDirty: text !== base.source || mailbox !== base.mailbox,
    discard() {
      setText(base.source)
      setMailbox(base.mailbox)
    },
    checkedText,
    check: data,
    checkError: error,
    checkAgain: () => void refetch(),
    async save() {
      // Another name makes another process, which must not be there yet.
      const { becomes } = await queries.fetchQuery(checkOf(text, i18n.language))
      const isSame = becomes?.name === base.name
      const saved = await saveDefinition(queries, {
        definition: text,
        basedOn: becomes === null || isSame ? base.version : 0,
        mailbox: mailbox === base.mailbox && isSame ? null : mailbox,
      })
      setBase({ version: saved.version, name: saved.name, source: text, mailbox })
      return saved
    },
  }
}
