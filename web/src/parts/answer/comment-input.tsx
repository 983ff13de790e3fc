import { Textarea, type TextareaProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocalText } from '../local-text.ts'
import type { Asked } from './asked.ts'

interface CommentInputProps extends TextareaProps {
  choices: Asked['question']['choices']
}

/** The field for the comment, which says with which answers one is needed; nothing where no answer takes one. */
export function CommentInput({ choices, ...input }: CommentInputProps) {
  const { t } = useTranslation('actions')
  const text = useLocalText()
  if (choices.every(({ comment }) => comment === 'none')) return null
  const needing = choices.filter(({ comment }) => comment === 'required').map(({ label }) => text(label))
  return (
    <Textarea
      label={t('comment.label')}
      description={
        needing.length === 0 ? t('comment.optional') : t('comment.needed', { answers: needing.join(', ') })
      }
      autosize
      minRows={2}
      maxRows={12}
      maxLength={20_000}
      size="md"
      {...input}
    />
  )
}
