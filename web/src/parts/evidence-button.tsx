import { Button } from '@mantine/core'
import IconFileZip from '@tabler/icons-react/icons/IconFileZip'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../api/session.ts'

interface EvidenceButtonProps {
  of: 'requests' | 'messages'
  id: string | number
}

/** Downloads evidence that can be verified without us, for those who see everything. */
export function EvidenceButton({ of, id }: EvidenceButtonProps) {
  const { t, i18n } = useTranslation('audit')
  const { data: session } = useQuery(sessionQuery)
  // Nobody knows yet; whoever calls with a token of their own is told by the server.
  if (session === undefined || session?.person.role === 'member') return null
  return (
    <Button
      component="a"
      href={`/api/${of}/${id}/evidence?locale=${i18n.language}`}
      download
      variant="default"
      size="xs"
      leftSection={<IconFileZip size={16} stroke={1.75} aria-hidden />}
    >
      {t('evidence')}
    </Button>
  )
}
