import { createRequire } from 'node:module'
import { BATCH, runTask } from './client-task.ts'

// The package asks `util` for a function that Node took out in version 23.
const util = createRequire(import.meta.url)('node:util')
util.isNullOrUndefined = (value: unknown) => value === undefined || value === null
const ews = await import('ews-javascript-api')

/** Messages a page of the list of the Inbox, as many as ours receives at a time. */
const PAGE = 400

await runTask(async ({ http, token, address }) => {
  const service = new ews.ExchangeService(ews.ExchangeVersion.Exchange2016)
  service.Url = new ews.Uri(`${http}/EWS/Exchange.asmx`)
  service.Credentials = new ews.OAuthCredentials(token)
  service.ImpersonatedUserId = new ews.ImpersonatedUserId(ews.ConnectingIdType.SmtpAddress, address)
  service.HttpHeaders.Add('X-AnchorMailbox', address)

  const folder = new ews.Folder(service)
  folder.DisplayName = 'Processed'
  await folder.Save(ews.WellKnownFolderName.Inbox)
  const done = { messages: 0, octets: 0 }
  for (;;) {
    const view = new ews.ItemView(PAGE)
    view.PropertySet = new ews.PropertySet(ews.BasePropertySet.IdOnly)
    const page = await service.FindItems(ews.WellKnownFolderName.Inbox, view)
    if (page.Items.length === 0) return done
    for (let first = 0; first < page.Items.length; first += BATCH) {
      const ids = page.Items.slice(first, first + BATCH).map(({ Id }) => Id)
      const wanted = new ews.PropertySet(
        ews.BasePropertySet.IdOnly,
        ews.ItemSchema.MimeContent,
        ews.ItemSchema.DateTimeReceived,
        ews.ItemSchema.ItemClass,
      )
      const read = await service.BindToItems(ids, wanted)
      for (const { Item: item } of read.Responses) {
        done.messages += 1
        // Ours hands over octets, so this client has to get that far too.
        done.octets += Buffer.from(item.MimeContent.Content, 'base64').length
      }
      const moved = await service.MoveItems(ids, folder.Id)
      if (moved.OverallResult !== ews.ServiceResult.Success) throw new Error('not all were moved')
    }
  }
})
