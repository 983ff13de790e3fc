import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

const ways = {
  guide: '/configuration/setup-guide',
  process: '/processes/+new',
  request: '/requests/new',
  approvals: '/actions',
  requests: '/requests',
  people: '/people/import',
} as const

/** Where one goes on from a page that has nothing to show yet. */
export function WayOn({ to, isMain = false }: { to: keyof typeof ways; isMain?: boolean }) {
  const { t } = useTranslation()
  return (
    <Button
      variant={isMain ? 'filled' : 'default'}
      renderRoot={(props) => <Link to={ways[to]} search={{}} {...props} />}
    >
      {t(`way-on.${to}`)}
    </Button>
  )
}
