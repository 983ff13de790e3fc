import { Box, Button, Group, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import IconUsersGroup from '@tabler/icons-react/icons/IconUsersGroup'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DenseTable, rowLink } from '../../../parts/dense-table.tsx'
import { ErrorState } from '../../../parts/error-state.tsx'
import { FilterBar } from '../../../parts/filter-bar.tsx'
import { LoadingState } from '../../../parts/loading-state.tsx'
import { MessageState } from '../../../parts/message-state.tsx'
import { MoreButton } from '../../../parts/more-button.tsx'
import { Page } from '../../../parts/page.tsx'
import { TypedFilter } from '../../../parts/typed-filter.tsx'
import { PersonPicker } from '../person-picker.tsx'
import { Refusal } from '../refusal.tsx'
import { useMayChange } from '../use-may-change.ts'
import { DeleteGroup } from './delete-group.tsx'
import { GroupHistory } from './group-history.tsx'
import classes from './groups.module.css'
import { addMember, type Member, membersQuery, removeMember } from './groups.ts'
import { RenameGroup } from './rename-group.tsx'

/** Who is in a group. */
export function GroupPage() {
  const { t, i18n } = useTranslation('people')
  const names = new Intl.ListFormat(i18n.language)
  const { id } = useParams({ from: '/shell/people/groups/$id' })
  const mayChange = useMayChange()
  const [search, setSearch] = useState('')
  const query = useInfiniteQuery(membersQuery(id, search))
  const { data, error, refetch } = query
  const crumbs = [
    { label: t('title'), to: '/people' as const },
    { label: t('tabs.groups'), to: '/people/groups' as const },
  ]
  const [first] = data?.pages ?? []
  if (!first) {
    return (
      <Page title={t('tabs.groups')} crumbs={crumbs}>
        {error ? <ErrorState error={error} onRetry={refetch} /> : <LoadingState />}
      </Page>
    )
  }
  const members = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Page
      title={first.group.name}
      crumbs={crumbs}
      actions={
        mayChange && (
          <Group gap="sm">
            <RenameGroup key={first.group.name} group={first.group} />
            <DeleteGroup group={first.group} />
          </Group>
        )
      }
    >
      {first.group.formerNames.length > 0 && (
        <Text c="dimmed" mt={-16} mb="md">
          {t('groups.formerly', { names: names.format(first.group.formerNames) })}
        </Text>
      )}
      {mayChange && <NewMember id={id} />}
      <FilterBar label={t('filter.label')}>
        <TypedFilter
          label={t('filter.search')}
          hint={t('filter.search-hint')}
          value={search}
          refuse={(typed) => (typed.length > 100 ? t('filter.search-wrong') : null)}
          onChoose={setSearch}
        />
      </FilterBar>
      {members.length === 0 ? (
        <MessageState
          icon={IconUsersGroup}
          title={t(search === '' ? 'groups.no-member.title' : 'empty.title')}
        >
          {t(search === '' ? 'groups.no-member.detail' : 'empty.detail')}
        </MessageState>
      ) : (
        <Members id={id} members={members} mayChange={mayChange} />
      )}
      <MoreButton {...query} />
      <Box mt="lg">
        <GroupHistory id={id} />
      </Box>
    </Page>
  )
}

function Members({ id, members, mayChange }: { id: string; members: Member[]; mayChange: boolean }) {
  const { t } = useTranslation('people')
  const queries = useQueryClient()
  const removing = useMutation({
    mutationFn: (personId: string) => removeMember(id, personId),
    onSettled: () => queries.invalidateQueries({ queryKey: ['people'] }),
  })
  return (
    <>
      <Refusal error={removing.error} />
      <DenseTable
        caption={t('groups.members')}
        columns={[t('field.name'), t('field.address'), t('field.active')]}
        className={classes.members}
      >
        {members.map(({ id: personId, name, address, active }) => (
          <tr key={personId}>
            <td>
              <Link to="/people/$id" params={{ id: personId }} className={rowLink}>
                <bdi>{name}</bdi>
              </Link>
            </td>
            <td className={classes.quiet}>
              <bdi>{address}</bdi>
            </td>
            <td className={classes.remove}>
              <Group gap="sm" justify="flex-end" wrap="nowrap">
                {!active && t('active.false')}
                {mayChange && (
                  <Button
                    variant="default"
                    size="xs"
                    loading={removing.isPending && removing.variables === personId}
                    onClick={() => removing.mutate(personId)}
                    aria-label={t('groups.remove-named', { name })}
                  >
                    {t('groups.remove')}
                  </Button>
                )}
              </Group>
            </td>
          </tr>
        ))}
      </DenseTable>
    </>
  )
}

function NewMember({ id }: { id: string }) {
  const { t } = useTranslation('people')
  const queries = useQueryClient()
  const form = useForm({ initialValues: { address: '' } })
  const adding = useMutation({
    mutationFn: ({ address }: { address: string }) => addMember(id, address),
    onSuccess: async () => {
      form.reset()
      await queries.invalidateQueries({ queryKey: ['people'] })
    },
    onError: (error) => form.setFieldError('address', error.message),
  })
  return (
    <form noValidate onSubmit={form.onSubmit((values) => adding.mutate(values))}>
      <Group align="flex-start" gap="sm" mb="lg">
        <PersonPicker
          label={t('groups.add')}
          description={t('groups.add-hint')}
          {...form.getInputProps('address')}
          value={form.values.address}
        />
        <Button type="submit" variant="default" mt={25} loading={adding.isPending}>
          {t('groups.add-submit')}
        </Button>
      </Group>
    </form>
  )
}
