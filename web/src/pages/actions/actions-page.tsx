import { Stack, Tabs } from '@mantine/core'
import IconChecklist from '@tabler/icons-react/icons/IconChecklist'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../parts/error-state.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { MessageState } from '../../parts/message-state.tsx'
import { MoreButton } from '../../parts/more-button.tsx'
import { Page } from '../../parts/page.tsx'
import { WayOn } from '../../parts/way-on.tsx'
import { ActionCard } from './action-card.tsx'
import { type ActionList, actionLists, actionsIn } from './actions.ts'

/** One's own approvals: what waits, what others have handed on, what is closed. */
export function ActionsPage() {
  const { t } = useTranslation('actions')
  const { list = 'open' } = useSearch({ from: '/shell/actions' })
  const navigate = useNavigate()
  return (
    <Page title={t('title')}>
      <Tabs
        value={list}
        onChange={(chosen) => navigate({ to: '/actions', search: { list: chosen as ActionList } })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {actionLists.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`list.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {actionLists.map((one) => (
          <Tabs.Panel key={one} value={one}>
            <Actions list={one} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  )
}

function Actions({ list }: { list: ActionList }) {
  const { t } = useTranslation('actions')
  const query = useInfiniteQuery(actionsIn(list))
  const { data, error, refetch } = query
  if (!data) return error ? <ErrorState error={error} onRetry={refetch} /> : <LoadingState />
  const actions = data.pages.flatMap(({ items }) => items)
  if (actions.length === 0) {
    return (
      <MessageState
        icon={IconChecklist}
        title={t(`empty.${list}.title`)}
        action={<WayOn to={list === 'open' ? 'requests' : 'approvals'} />}
      >
        {t(`empty.${list}.detail`)}
      </MessageState>
    )
  }
  return (
    <>
      <Stack component="ul" gap="sm" p={0} m={0}>
        {actions.map((action) => (
          <ActionCard key={action.id} action={action} />
        ))}
      </Stack>
      <MoreButton {...query} />
    </>
  )
}
