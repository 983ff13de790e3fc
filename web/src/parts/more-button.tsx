import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface MoreButtonProps {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  isFetchNextPageError: boolean
  fetchNextPage: () => unknown
}

/** Fetches the next page of a list, and says so when it does not come; not there after the last one. */
export function MoreButton({
  hasNextPage,
  isFetchingNextPage,
  isFetchNextPageError,
  fetchNextPage,
}: MoreButtonProps) {
  const { t } = useTranslation()
  if (!hasNextPage) return null
  return (
    <Stack align="center" gap="xs" mt="md">
      {isFetchNextPageError && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {t('more-failed')}
        </Text>
      )}
      <Button variant="default" loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
        {t('more')}
      </Button>
    </Stack>
  )
}
