import { expect, test } from 'vitest'
import { scopingCommands } from './scoping-commands.ts'

const facts = {
  clientId: 'aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb',
  servicePrincipalId: null,
  addresses: ['approvals@contoso.example', "o'brien@contoso.example"],
  probe: null,
}

test('all mailboxes of the application are in its scope, and no address breaks out of its quotes', () => {
  const { scope, principal, assign } = scopingCommands({ ...facts, type: 'exchange-online-ews' })
  expect(scope).toBe(
    "New-ManagementScope -Name 'Countersign aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb' -RecipientRestrictionFilter 'PrimarySmtpAddress -eq ''approvals@contoso.example'' -or PrimarySmtpAddress -eq ''o''''brien@contoso.example'''",
  )
  expect(principal).toContain("-ObjectId '<OBJECT-ID>'")
  expect(assign).toContain(
    "-Role 'Application EWS.AccessAsApp' -CustomResourceScope 'Countersign aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb'",
  )
})

test('over IMAP it is one mailbox at a time', () => {
  const commands = scopingCommands({
    ...facts,
    type: 'imap-smtp',
    probe: 'ceo@contoso.example’; Remove-Mailbox ‘x',
  })
  expect(Object.keys(commands)).toEqual(['show', 'remove'])
  expect(commands.remove).toContain("-Identity 'ceo@contoso.example’’; Remove-Mailbox ‘‘x'")
})
