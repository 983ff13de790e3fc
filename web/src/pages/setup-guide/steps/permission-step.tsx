import { Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../../parts/callout.tsx'
import { CopyValues } from '../../../parts/copy-values.tsx'
import { PermissionDrawing } from '../drawings/permission-drawing.tsx'
import type { StepProps } from '../step-props.ts'
import { Instructions, StepBody } from './step-body.tsx'

const permissions = {
  'exchange-online-graph': 'Mail.ReadWrite, Mail.Send',
  'exchange-online-ews': 'full_access_as_app',
  'imap-smtp': 'IMAP.AccessAsApp, SMTP.SendAsApp',
}

/** Step 2: the permission that the type of mailbox takes. */
export function PermissionStep({ subject: { type }, guide }: StepProps) {
  const { t } = useTranslation('setup-guide')
  const { t: form } = useTranslation('remote-approval')
  const { api, names } = guide.permissions
  const isGraph = type === 'exchange-online-graph'
  return (
    <StepBody
      why={t('permission.why')}
      drawing={<PermissionDrawing api={api} names={names} />}
      todo={
        <Instructions
          items={[
            t('permission.do.open'),
            t(isGraph ? 'permission.do.graph' : 'permission.do.exchange'),
            t('permission.do.application'),
            t('permission.do.tick'),
            t('permission.do.add'),
          ]}
        />
      }
    >
      <CopyValues
        values={names.map((value, index) => ({ label: t('permission.name', { number: index + 1 }), value }))}
      />
      <Table.ScrollContainer minWidth={300}>
        <Table captionSide="top">
          <Table.Caption>{t('permission.table')}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{form('field.mailbox.type')}</Table.Th>
              <Table.Th>{t('permission.column')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {Object.entries(permissions).map(([one, needed]) => (
              <Table.Tr
                key={one}
                aria-current={one === type ? 'true' : undefined}
                fw={one === type ? 600 : 400}
              >
                <Table.Td>{form(`type.${one as keyof typeof permissions}`)}</Table.Td>
                <Table.Td>{needed}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" c="dimmed">
        {t('permission.every')}
      </Text>
      {type === 'exchange-online-ews' && (
        <Callout kind="waiting" title={t('permission.ews-title')}>
          {t('permission.ews')}
        </Callout>
      )}
    </StepBody>
  )
}
