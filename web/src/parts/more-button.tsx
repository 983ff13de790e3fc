import { Button, Center } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface MoreButtonProps {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
}

/** Fetches the next page of a list; not there after the last one. */
export function MoreButton({ hasNextPage, isFetchingNextPage, fetchNextPage }: MoreButtonProps) {
  const { t } = useTranslation()
  if (!hasNextPage) return null
  return (
    <Center mt="md">
      <Button variant="default" loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
        {t('more')}
      </Button>
    </Center>
  )
}
