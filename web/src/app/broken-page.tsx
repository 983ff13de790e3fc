import { Box, Button } from '@mantine/core'
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle'
import { useTranslation } from 'react-i18next'
import { MessageState } from '../parts/message-state.tsx'
import { Page } from '../parts/page.tsx'

/** In the place of all when a page could not be shown: its code did not come, or it has failed. */
export function BrokenPage() {
  const { t } = useTranslation()
  return (
    <Box component="main" p="md">
      <Page title={t('broken.title')}>
        <MessageState
          icon={IconAlertTriangle}
          title={t('broken.what')}
          role="alert"
          action={
            // What failed to load once is not asked for again by this document.
            <Button variant="default" onClick={() => window.location.reload()}>
              {t('broken.reload')}
            </Button>
          }
        >
          {t('broken.detail')}
        </MessageState>
      </Page>
    </Box>
  )
}
