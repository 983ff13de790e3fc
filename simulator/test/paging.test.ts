import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { all, control, ewsClient, responseCodes } from './support/ews-client.ts'
import { field, findItem, isEqualTo, mail } from './support/ews-requests.ts'

const mailbox = 'approvals@contoso.example'

let simulator: Simulator
let client: Awaited<ReturnType<typeof ewsClient>>
beforeAll(async () => {
  simulator = await startSimulator()
  client = await ewsClient(simulator)
  for (const subject of ['1', '2', '3', '4', '5']) {
    const raw = mail({ From: 'anna.novak@fabrikam.example', To: mailbox, Subject: subject })
    await control(simulator, 'POST', `/mailboxes/${mailbox}/messages`, raw)
  }
})
afterAll(() => simulator.close())

const sort = `<m:SortOrder><t:FieldOrder Order="Ascending">${field('item:Subject')}</t:FieldOrder></m:SortOrder>`

interface Page {
  offset: number
  limit?: number
  base?: string
  restriction?: string
}

/** The subjects of a page, the next offset, and whether it was the last one. */
async function page({ offset, limit = 2, base = 'Beginning', ...rest }: Page) {
  const request = findItem({ offset, limit, sort, properties: field('item:Subject'), ...rest })
  const { body } = await client.call(request.replace('"Beginning"', `"${base}"`))
  if (responseCodes(body)[0] !== 'NoError') return responseCodes(body)
  const [, next, total, isLast] =
    /IndexedPagingOffset="(\d+)" TotalItemsInView="(\d+)" IncludesLastItemInRange="(\w+)"/.exec(body) ?? []
  return [all(body, /<t:Subject>([^<]+)</).join(' '), Number(next), Number(total), isLast === 'true']
}

describe('a page', () => {
  it.each([
    [{ offset: 0 }, ['1 2', 2, 5, false]],
    [{ offset: 2 }, ['3 4', 4, 5, false]],
    [{ offset: 4 }, ['5', 5, 5, true]],
    [{ offset: 5 }, ['', 5, 5, true]],
    [{ offset: 99 }, ['', 5, 5, true]],
    [{ offset: 0, base: 'End' }, ['4 5', 2, 5, false]],
    [{ offset: 2, base: 'End' }, ['2 3', 4, 5, false]],
    [{ offset: 4, base: 'End' }, ['1', 5, 5, true]],
    [{ offset: 1, restriction: isEqualTo('message:IsRead', 'false') }, ['2 3', 3, 5, false]],
    [{ offset: 0, limit: 0 }, ['ErrorInvalidPagingMaxRows']],
    [{ offset: -1 }, ['ErrorInvalidIndexedPagingParameters']],
  ] satisfies [Page, unknown[]][])('%j', async (asked, expected) => {
    expect(await page(asked)).toEqual(expected)
  })

  it('is no longer than the tenant allows, whatever is asked, of folders too', async () => {
    await control(simulator, 'POST', '/tenant', { pageLimit: 3 })
    expect(await page({ offset: 0, limit: 1000 })).toEqual(['1 2 3', 3, 5, false])
    const { body } = await client.call(
      '<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:ParentFolderIds><t:DistinguishedFolderId Id="msgfolderroot"/></m:ParentFolderIds></m:FindFolder>',
    )
    expect(all(body, /<t:FolderId Id="([^"]+)"/)).toHaveLength(3)
    expect(body).toContain('IndexedPagingOffset="3" TotalItemsInView="6" IncludesLastItemInRange="false"')
  })
})
