import { fetchToken } from './fetch-token.ts'
import { fillMailbox, totalOf } from './mailbox-folders.ts'
import type { CallCount, SimulatorProcess } from './simulator-process.ts'

const PAGE = 100
const address = 'naive@contoso.example'
const inbox = '<t:DistinguishedFolderId Id="inbox"/>'

/**
 * How many requests a client makes that reads, marks and moves one message at a time, for the same replies on the same
 * simulator. Throws unless all were read and moved.
 */
export async function countNaiveRequests(
  simulator: SimulatorProcess,
  replies: Uint8Array[],
): Promise<CallCount[]> {
  await fillMailbox(simulator, address, replies)
  await simulator.control('DELETE', '/calls')
  const octets = await readMarkAndMove(await connect(simulator))
  const calls = await simulator.control<CallCount[]>('GET', '/calls')
  const moved = await totalOf(simulator, address, 'Inbox/Done')
  if (moved !== replies.length || (await totalOf(simulator, address, 'Inbox')) !== 0) {
    throw new Error(`the naive client moved ${moved} of ${replies.length} messages`)
  }
  const sent = replies.reduce((total, { length }) => total + length, 0)
  if (octets < sent) throw new Error(`the naive client read ${octets} of ${sent} octets`)
  return calls
}

/** Sends the XML of one operation and returns the answer's. */
type Call = (operation: string) => Promise<string>

/** Returns how many octets of messages it has read. */
async function readMarkAndMove(call: Call): Promise<number> {
  const created = await call(
    `<m:CreateFolder><m:ParentFolderId>${inbox}</m:ParentFolderId><m:Folders><t:Folder><t:DisplayName>Done</t:DisplayName></t:Folder></m:Folders></m:CreateFolder>`,
  )
  const done = /<t:FolderId Id="([^"]+)"/.exec(created)?.[1]
  let octets = 0
  for (let ids = await findPage(call); ids.length > 0; ids = await findPage(call)) {
    for (const id of ids) {
      const item = `<t:ItemId Id="${id}"/>`
      const answer = await call(
        `<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent></m:ItemShape><m:ItemIds>${item}</m:ItemIds></m:GetItem>`,
      )
      octets += Buffer.from(/<t:MimeContent[^>]*>([^<]+)/.exec(answer)?.[1] ?? '', 'base64').length
      await call(
        `<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly"><m:ItemChanges><t:ItemChange>${item}<t:Updates><t:SetItemField><t:FieldURI FieldURI="message:IsRead"/><t:Message><t:IsRead>true</t:IsRead></t:Message></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`,
      )
      await call(
        `<m:MoveItem><m:ToFolderId><t:FolderId Id="${done}"/></m:ToFolderId><m:ItemIds>${item}</m:ItemIds></m:MoveItem>`,
      )
    }
  }
  return octets
}

async function findPage(call: Call): Promise<string[]> {
  const answer = await call(
    `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:IndexedPageItemView MaxEntriesReturned="${PAGE}" Offset="0" BasePoint="Beginning"/><m:ParentFolderIds>${inbox}</m:ParentFolderIds></m:FindItem>`,
  )
  return [...answer.matchAll(/<t:ItemId Id="([^"]+)"/g)].map(([, id]) => id ?? '')
}

async function connect(simulator: SimulatorProcess): Promise<Call> {
  const token = await fetchToken(simulator)
  return async (operation) => {
    const answer = await fetch(`${simulator.http}/EWS/Exchange.asmx`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'text/xml; charset=utf-8',
        'x-anchormailbox': address,
      },
      body: `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><soap:Header><t:RequestServerVersion Version="Exchange2016"/><t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>${address}</t:SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation></soap:Header><soap:Body>${operation}</soap:Body></soap:Envelope>`,
    })
    const text = await answer.text()
    if (!answer.ok || /ResponseClass="Error"/.test(text)) throw new Error(`the naive client failed: ${text}`)
    return text
  }
}
