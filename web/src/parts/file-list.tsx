import { Anchor, Text } from '@mantine/core'
import IconPaperclip from '@tabler/icons-react/icons/IconPaperclip'
import { useTranslation } from 'react-i18next'
import type { components } from '../api/schema.ts'
import classes from './file-list.module.css'
import { useFileSize } from './file-size.ts'

interface FileListProps {
  /** Number of the request. */
  request: number
  files: components['schemas']['File'][]
}

/** The files of a request, each to be downloaded; nothing where there is none. */
export function FileList({ request, files }: FileListProps) {
  const { t } = useTranslation()
  const sizeOf = useFileSize()
  if (files.length === 0) return null
  return (
    <ul className={classes.files} aria-label={t('files.title')}>
      {files.map(({ id, name, size, erasedAt }) => (
        <li key={id}>
          <IconPaperclip size={16} stroke={1.75} aria-hidden />
          {erasedAt === null ? (
            <Anchor href={`/api/requests/${request}/files/${id}`} download={name} underline="always">
              {name} <span aria-hidden>▸</span>
            </Anchor>
          ) : (
            <Text span>{name}</Text>
          )}
          <Text span size="sm" c="dimmed">
            {erasedAt === null ? sizeOf(size) : t('files.erased')}
          </Text>
        </li>
      ))}
    </ul>
  )
}
