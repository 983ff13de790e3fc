import { Button, Popover, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import IconDevices from '@tabler/icons-react/icons/IconDevices'
import IconLogin from '@tabler/icons-react/icons/IconLogin'
import IconLogout from '@tabler/icons-react/icons/IconLogout'
import IconSettings from '@tabler/icons-react/icons/IconSettings'
import IconUserCircle from '@tabler/icons-react/icons/IconUserCircle'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Session, sessionQuery, signOut } from '../api/session.ts'
import classes from './account-menu.module.css'
import { leadToSignIn } from './lead-to-sign-in.ts'

/** Who is signed in, and the way out; the way in for who is not. */
export function AccountMenu() {
  const { t } = useTranslation()
  const { data: session } = useQuery(sessionQuery)
  if (session === undefined) return null
  if (session !== null) return <Account person={session.person} />
  return (
    <Button
      variant="subtle"
      px="xs"
      leftSection={<IconLogin size={18} stroke={1.75} aria-hidden />}
      onClick={leadToSignIn}
    >
      {t('account.sign-in')}
    </Button>
  )
}

function Account({ person }: Pick<Session, 'person'>) {
  const { t } = useTranslation()
  const [isOpen, { toggle, close }] = useDisclosure(false)
  const out = useMutation({
    mutationFn: signOut,
    // Nothing that was theirs stays behind in this tab.
    onSuccess: () => window.location.assign('/sign-in'),
  })
  return (
    <Popover position="bottom-end" width={264} opened={isOpen} onDismiss={close} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          px="xs"
          onClick={toggle}
          aria-label={t('account.menu', { name: person.name })}
        >
          <IconUserCircle size={20} stroke={1.75} aria-hidden />
          <span className={classes.name}>{person.name}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <div className={classes.who}>
          <Text fw={600}>{person.name}</Text>
          <Text size="sm" c="dimmed" className={classes.address ?? ''}>
            {person.address}
          </Text>
          <Text size="sm" c="dimmed">
            {t(`account.role.${person.role}`)}
          </Text>
        </div>
        <Button
          {...entry}
          leftSection={<IconSettings size={18} stroke={1.75} aria-hidden />}
          onClick={close}
          renderRoot={(props) => <Link to="/settings" {...props} />}
        >
          {t('account.settings')}
        </Button>
        <Button
          {...entry}
          leftSection={<IconDevices size={18} stroke={1.75} aria-hidden />}
          onClick={close}
          renderRoot={(props) => <Link to="/sessions" {...props} />}
        >
          {t('account.sessions')}
        </Button>
        <Button
          {...entry}
          leftSection={<IconLogout size={18} stroke={1.75} aria-hidden />}
          loading={out.isPending}
          onClick={() => out.mutate()}
        >
          {t('account.sign-out')}
        </Button>
        {out.error && (
          <Text size="sm" c="var(--mantine-color-error)" px="sm" role="alert">
            {out.error.message}
          </Text>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

const entry = {
  variant: 'subtle',
  color: 'gray',
  c: 'var(--mantine-color-text)',
  fullWidth: true,
  justify: 'flex-start',
  px: 'sm',
  fw: 500,
} as const
