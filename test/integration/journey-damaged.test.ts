import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { elodie, nadia } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import type { Mail } from '../support/desk.ts'
import { type Product, startProduct } from '../support/start-product.ts'

/** The fields that say how a body is built, and the body. */
function contentOf(file: string): string {
  const raw = readFileSync(new URL(`../fixtures/replies/damaged/${file}.eml`, import.meta.url), 'latin1')
  return raw.slice(raw.indexOf('MIME-Version:'))
}

const nested = Array.from(
  { length: 1_000 },
  (_, at) => `${at === 0 ? '' : `--b${at - 1}\r\n`}Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n`,
).join('')
const many = `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nOui\r\n'.repeat(30_000)}--b--\r\n`

describeOnBothDatabases('a reply that cannot be read', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open())
  })
  afterAll(() => product?.close())

  /** An answer to a mail, as it is once its writer's program or a gateway has made this of its content. */
  async function send(mail: Mail, content: string, from = elodie): Promise<void> {
    const raw = Buffer.from(await product.write(mail, 'Oui', { from })).toString('latin1')
    const head = raw.slice(0, raw.search(/\r\n\r\n/) + 2)
    const others = head.replace(/^(mime-version|content-[\w-]+):.*\r\n([ \t].*\r\n)*/gim, '')
    await product.contoso.submit(from.address, Buffer.from(`${others}${content}`, 'latin1'))
  }

  test('is asked back once with its reason, then held, and a plain one decides', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    await send(asked, contentOf('smime-encrypted'))
    const [first] = await product.inbound(number, 1)
    expect(first).toMatchObject({
      outcome: 'asked-back',
      reading: { kind: 'empty', reason: 'encrypted' },
      advice: expect.stringContaining('portal'),
    })
    const back = await product.mail(number, 'asked-back', elodie)
    expect(back.text).toContain('Votre réponse est chiffrée ou protégée')

    await send(back, contentOf('pgp-encrypted'))
    expect((await product.inbound(number, 2)).at(-1)).toMatchObject({ outcome: 'held' })
    const { timeline } = await product.request(number)
    expect(timeline.find(({ kind }) => kind === 'reply-held')?.facts).toMatchObject({
      reasons: ['told-already', 'encrypted'],
    })

    await product.reply(back, 'Oui')
    expect((await product.inbound(number, 3)).at(-1)).toMatchObject({ outcome: 'decided', advice: null })
    const answers = (await product.outbound(number)).filter(({ inReplyTo }) => inReplyTo !== null)
    expect(answers.map(({ kind }) => kind)).toEqual(['asked-back'])
  })

  test.each([
    ['winmail', contentOf('winmail-alone'), 'winmail.dat'],
    ['damaged', contentOf('boundary-never-comes'), 'endommagée'],
    ['damaged', nested, 'endommagée'],
    ['damaged', many, 'endommagée'],
  ])('%s: stored, told and no dead letter', async (reason, content, words) => {
    const number = await product.filePurchase()
    await send(await product.mail(number, 'approval', elodie), content)
    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'asked-back', reading: { reason } }])
    expect((await product.mail(number, 'asked-back', elodie)).text).toContain(words)
    expect(await product.request(number)).toMatchObject({ actions: [{ status: 'open' }] })
    expect(await product.api.get('/api/dead-letters')).toMatchObject({ items: [] })
  })

  test('signed, it is read', async () => {
    for (const file of ['smime-signed-in-clear', 'smime-signed-opaquely-in-pieces']) {
      const number = await product.filePurchase()
      await send(await product.mail(number, 'approval', elodie), contentOf(file))
      expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'decided' }])
    }
  })

  test('of somebody who was not asked, it is held, and she who was is told without a word of it', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    await send(asked, contentOf('smime-encrypted'), nadia)
    expect(await product.inbound(number, 1)).toMatchObject([
      { outcome: 'held', reading: { reason: 'encrypted' } },
    ])
    expect((await product.mail(number, 'confirm-held', elodie)).text).not.toContain('chiffrée')
  })
})
