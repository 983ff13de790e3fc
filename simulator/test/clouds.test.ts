import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { control, envelope, http, token } from './support/ews-client.ts'
import { findItem } from './support/ews-requests.ts'
import { callGraph, errorOf } from './support/graph-client.ts'
import { approvals } from './support/mail-client.ts'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

/** https://learn.microsoft.com/graph/deployments, and the hosts of Exchange in each cloud. */
const clouds = {
  global: ['https://outlook.office365.com', 'https://graph.microsoft.com'],
  'gcc-high': ['https://outlook.office365.us', 'https://graph.microsoft.us'],
  dod: ['https://outlook-dod.office365.us', 'https://dod-graph.microsoft.us'],
  china: ['https://partner.outlook.cn', 'https://microsoftgraph.chinacloudapi.cn'],
}

const play = (cloud: string) => control(simulator, 'POST', '/tenant', { cloud })
async function tokenFor(resource: string) {
  const answer = JSON.parse((await token(simulator, { scope: `${resource}/.default` })).body)
  return answer.access_token ?? answer.error_codes
}
const overEws = async (bearer: string) => {
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'text/xml; charset=utf-8' }
  return http(simulator, 'POST', simulator.ewsUrl, headers, envelope(findItem({}), approvals))
}
const overGraph = (bearer: string) =>
  callGraph(simulator, 'GET', `/users/${approvals}/messages`, {
    headers: { authorization: `Bearer ${bearer}` },
  })

describe.each(Object.entries(clouds))('in the cloud %s', (cloud, [exchange = '', graph = '']) => {
  it('tokens are given out and taken for its hosts', async () => {
    await play(cloud)
    expect((await overEws(await tokenFor(exchange))).status).toBe(200)
    expect((await overGraph(await tokenFor(graph))).status).toBe(200)
  })

  it('the hosts of the other clouds are unknown', async () => {
    await play(cloud)
    const others = Object.entries(clouds).filter(([name]) => name !== cloud)
    for (const resource of others.flatMap(([, hosts]) => hosts))
      expect(await tokenFor(resource)).toEqual([500011])
  })
})

it('a token from before is no token in another cloud', async () => {
  const [exchange = '', graph = ''] = clouds.global
  const [forExchange, forGraph] = [await tokenFor(exchange), await tokenFor(graph)]
  await play('china')
  expect((await overEws(forExchange)).headers['x-ms-diagnostics']).toMatch(/^2000003;/)
  expect(errorOf(await overGraph(forGraph))).toEqual([401, 'InvalidAuthenticationToken'])
})

it('a cloud that is none is refused', async () => {
  await expect(play('germany')).rejects.toThrow('"cloud"')
})
