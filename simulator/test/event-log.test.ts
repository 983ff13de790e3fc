import { expect, it } from 'vitest'
import { createEventLog } from '../src/ews/event-log.ts'
import { addItem, createMailbox, wellKnownFolder } from '../src/mail/mailbox.ts'

it('keeps ten thousand events at most; who comes later than that starts anew', () => {
  const log = createEventLog()
  const mailbox = createMailbox({
    address: 'approvals@contoso.example',
    aliases: [],
    displayName: 'Approvals',
    locale: 'en',
    tenant: null,
    now: () => 0,
    onEvent: log.add,
  })
  const inbox = wellKnownFolder(mailbox, 'inbox')
  const arrive = (times: number) => {
    for (let index = 0; index < times; index += 1)
      addItem(mailbox, inbox, { raw: Buffer.from('Subject: x\r\n\r\n') })
  }
  const start = log.end()
  arrive(6000)
  const middle = log.end()
  arrive(4000)
  expect(log.after(start)?.events).toHaveLength(50)
  arrive(1)
  expect(log.after(start)).toBeNull()
  expect(log.after(middle)?.events).toHaveLength(50)
  expect(log.after(middle)?.hasMore).toBe(true)
  const end = log.end()
  expect(log.after(end)).toEqual({ events: [], hasMore: false })
  arrive(1)
  expect(log.after(end)?.events.map(({ watermark }) => watermark)).toEqual([log.end()])
})
