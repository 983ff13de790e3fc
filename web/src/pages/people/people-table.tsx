import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { DenseTable, rowLink } from '../../parts/dense-table.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import type { Person } from './people.ts'
import classes from './people-table.module.css'

/** People in dense rows, each of which leads to its person; on a phone three lines a row. */
export function PeopleTable({ people }: { people: Person[] }) {
  const { t } = useTranslation('people')
  return (
    <DenseTable
      caption={t('table.caption')}
      columns={[t('field.name'), t('field.address'), t('field.role'), t('field.groups'), t('field.active')]}
      className={classes.table}
    >
      {people.map(({ id, name, address, role, groups, active }) => (
        <tr key={id}>
          <td className={classes.name}>
            <Link to="/people/$id" params={{ id }} className={rowLink}>
              <bdi>{name}</bdi>
            </Link>
          </td>
          <td className={classes.address} title={address}>
            <bdi>{address}</bdi>
          </td>
          <td className={classes.role}>{t(`role.${role}`)}</td>
          <td className={classes.groups} title={groups.join(', ')}>
            {groups.join(', ')}
          </td>
          <td className={classes.active}>
            <StateBadge kind={active ? 'done' : 'quiet'}>{t(`active.${active}`)}</StateBadge>
          </td>
        </tr>
      ))}
    </DenseTable>
  )
}
