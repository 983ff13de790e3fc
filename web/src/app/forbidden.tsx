import { Button } from '@mantine/core'
import IconLock from '@tabler/icons-react/icons/IconLock'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { MessageState } from '../parts/message-state.tsx'
import { Page } from '../parts/page.tsx'

/** In the place of a page that is for others: a form, say, that the server would refuse once it is filled in. */
export function Forbidden() {
  const { t } = useTranslation()
  return (
    <Page title={t('forbidden.title')}>
      <MessageState
        icon={IconLock}
        title={t('forbidden.what')}
        role="alert"
        action={
          <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
            {t('not-found.home')}
          </Button>
        }
      >
        {t('forbidden.detail')}
      </MessageState>
    </Page>
  )
}
