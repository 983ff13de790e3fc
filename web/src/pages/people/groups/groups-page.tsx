import { Button, Group, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import IconUsersGroup from '@tabler/icons-react/icons/IconUsersGroup'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DenseTable, rowLink } from '../../../parts/dense-table.tsx'
import { ErrorState } from '../../../parts/error-state.tsx'
import { LoadingState } from '../../../parts/loading-state.tsx'
import { MessageState } from '../../../parts/message-state.tsx'
import { MoreButton } from '../../../parts/more-button.tsx'
import { Page } from '../../../parts/page.tsx'
import { WayOn } from '../../../parts/way-on.tsx'
import { PeopleTabs } from '../people-tabs.tsx'
import { useMayChange } from '../use-may-change.ts'
import classes from './groups.module.css'
import { groupsQuery, makeGroup, type PeopleGroup } from './groups.ts'

/** Groups, whose members a step of a process may ask. */
export function GroupsPage() {
  const { t } = useTranslation('people')
  const mayChange = useMayChange()
  const query = useInfiniteQuery(groupsQuery)
  const { data, error, refetch } = query
  if (error && !data) {
    return (
      <Page title={t('title')}>
        <ErrorState error={error} onRetry={refetch} />
      </Page>
    )
  }
  return (
    <Page title={t('title')}>
      <Text c="dimmed" mt={-16} mb="md">
        {t('groups.lead')}
      </Text>
      <PeopleTabs />
      {mayChange && <NewGroup />}
      {data ? <Groups groups={data.pages.flatMap(({ items }) => items)} /> : <LoadingState />}
      <MoreButton {...query} />
    </Page>
  )
}

function Groups({ groups }: { groups: PeopleGroup[] }) {
  const { t } = useTranslation('people')
  const mayChange = useMayChange()
  if (groups.length === 0) {
    return (
      <MessageState
        icon={IconUsersGroup}
        title={t('groups.empty.title')}
        action={mayChange && <WayOn to="people" />}
      >
        {t('groups.empty.detail')}
      </MessageState>
    )
  }
  return (
    <DenseTable
      caption={t('groups.caption')}
      columns={[t('field.name'), t('groups.members')]}
      className={classes.groups}
    >
      {groups.map(({ id, name, members, active }) => (
        <tr key={id}>
          <td>
            <Link to="/people/groups/$id" params={{ id }} className={rowLink}>
              {name}
            </Link>
          </td>
          <td className={classes.quiet}>
            {members === active
              ? t('groups.count', { count: members })
              : t('groups.count-left', { count: members, left: members - active })}
          </td>
        </tr>
      ))}
    </DenseTable>
  )
}

function NewGroup() {
  const { t } = useTranslation('people')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({ initialValues: { name: '' } })
  const making = useMutation({
    mutationFn: ({ name }: { name: string }) => makeGroup(name),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['people', 'groups'] })
      await navigate({ to: '/people/groups/$id', params: { id } })
    },
    onError: (error) => form.setFieldError('name', error.message),
  })
  return (
    <form noValidate onSubmit={form.onSubmit((values) => making.mutate(values))}>
      <Group align="flex-start" gap="sm" mb="lg">
        <TextInput
          label={t('groups.new')}
          description={t('groups.new-hint')}
          maxLength={100}
          {...form.getInputProps('name')}
        />
        <Button type="submit" variant="default" mt={25} loading={making.isPending}>
          {t('groups.make')}
        </Button>
      </Group>
    </form>
  )
}
