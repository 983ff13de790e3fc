import { connect } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { mailDocument, mailFrameSandbox } from '../src/webmail/mail/mail-document.ts'
import { createMemoryBackend } from './support/memory-backend.ts'
import { approvalMail, approvals, elodie, hostileMail, marcus } from './support/sample-mails.ts'
import { serveWebmail } from './support/serve-webmail.ts'

const mailboxPath = `/webmail/${encodeURIComponent(elodie.address)}`

async function openWebmail() {
  const backend = createMemoryBackend([elodie, marcus, approvals])
  const site = await serveWebmail(backend)
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(site.origin + path, { headers, redirect: 'manual' })
  const post = (
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = { Origin: site.origin },
  ) =>
    fetch(site.origin + path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
      redirect: 'manual',
    })
  const deliver = async (raw: Uint8Array | string) =>
    `${mailboxPath}/messages/${encodeURIComponent(await backend.deliver(elodie.address, 'Inbox', raw))}`
  return {
    backend,
    origin: site.origin,
    get,
    post,
    deliver,
    [Symbol.asyncDispose]: site[Symbol.asyncDispose],
  }
}

describe('the pages', () => {
  test('start with the mailboxes and their unread counts', async () => {
    await using webmail = await openWebmail()
    await webmail.deliver(await approvalMail())
    const page = await (await webmail.get('/')).text()
    expect(page).toContain('nothing leaves this machine')
    expect(page).toMatch(/Élodie Gagnon[\s\S]*1 unread[\s\S]*Marcus Reed[\s\S]*No unread mail/)
  })

  test.each([
    ['fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
    ['de,en;q=0.5,fr;q=0.7', 'fr'],
    ['fr;q=0, en', 'en'],
    ['de', 'en'],
    ['', 'en'],
  ])('speak the language of Accept-Language: %s', async (header, language) => {
    await using webmail = await openWebmail()
    const page = await (await webmail.get('/', { 'Accept-Language': header })).text()
    expect(page).toContain(`<html lang="${language}">`)
  })

  test('remember another language and come back to the same page', async () => {
    await using webmail = await openWebmail()
    const answer = await webmail.get(`${mailboxPath}/compose?mailto=mailto%3Aa%2540x.example&language=fr`)
    expect(answer.headers.get('location')).toBe(`${mailboxPath}/compose?mailto=mailto%3Aa%2540x.example`)
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect(await (await webmail.get('/', { Cookie: cookie })).text()).toContain(
      'rien ne quitte cette machine',
    )
  })

  test('leave every other path alone', async () => {
    await using webmail = await openWebmail()
    for (const path of ['/EWS/Exchange.asmx', '/_sim/calls', '/webmailer', '/index.html']) {
      expect((await webmail.get(path)).status).toBe(418)
    }
  })

  test.each([
    '/webmail/nobody%40contoso.example',
    `${mailboxPath}/folders/Nowhere`,
    `${mailboxPath}/messages/unknown`,
    `${mailboxPath}/messages/%E0%A4%A`,
    '/webmail/assets/..%2Fbackend.ts',
    '/webmail/assets/constructor',
  ])('say that %s is not here', async (path) => {
    await using webmail = await openWebmail()
    expect((await webmail.get(path)).status).toBe(404)
  })

  test('mark a message read once it is opened', async () => {
    await using webmail = await openWebmail()
    const path = await webmail.deliver(await approvalMail())
    await webmail.get(path)
    expect(webmail.backend.listMessages(elodie.address, 'Inbox')[0]?.isRead).toBe(true)
  })

  test('write dates in the page language with the habits of the mailbox region', async () => {
    await using webmail = await openWebmail()
    const path = await webmail.deliver(await approvalMail())
    expect(await (await webmail.get(path)).text()).toMatch(/Tuesday, November 24, 2026/)
    expect(await (await webmail.get(path, { 'Accept-Language': 'fr' })).text()).toMatch(
      /mardi 24 novembre 2026/,
    )
  })

  test('list a large folder up to a bound and say so', async () => {
    await using webmail = await openWebmail()
    for (let index = 0; index < 203; index += 1) await webmail.deliver(`Subject: mail ${index}\r\n\r\n`)
    const page = await (await webmail.get(`${mailboxPath}/folders/Inbox`)).text()
    expect(page.match(/class="row /g)).toHaveLength(200)
    expect(page).toContain('3 older messages are not shown')
  })

  test('show the source octet for octet and hand attachments out to be saved', async () => {
    await using webmail = await openWebmail()
    const raw = await approvalMail()
    const path = await webmail.deliver(raw)
    const source = await webmail.get(`${path}/source`)
    expect(source.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(Buffer.from(await source.arrayBuffer()).equals(raw)).toBe(true)
    const attachment = await webmail.get(`${path}/attachments/0`)
    expect(attachment.headers.get('content-type')).toBe('application/octet-stream')
    expect(attachment.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''Offre%20n%C2%B0%207.pdf",
    )
    expect(await attachment.text()).toBe('%PDF-1.7 sample')
    for (const index of ['1', '-1', 'length']) {
      expect((await webmail.get(`${path}/attachments/${index}`)).status).toBe(404)
    }
  })

  test('show a mail that cannot be parsed as source only', async () => {
    await using webmail = await openWebmail()
    const nested = Array.from(
      { length: 200 },
      (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`,
    )
    const path = await webmail.deliver(nested.join(''))
    const answer = await webmail.get(path)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('cannot be read as mail')
    expect((await webmail.get(`${path}/source`)).status).toBe(200)
  })
})

describe('hostile mail', () => {
  test('has its headers escaped wherever they are shown', async () => {
    await using webmail = await openWebmail()
    const path = await webmail.deliver(hostileMail('http://127.0.0.1:1'))
    for (const page of [path, `${path}/reply`, `${mailboxPath}/folders/Inbox`]) {
      const markup = await (await webmail.get(page)).text()
      expect(markup).toContain('&lt;script&gt;')
      expect(markup.match(/<script\b/g)).toHaveLength(1) // our own, in the head
      expect(markup).not.toMatch(/<img\b/)
    }
  })

  test('is framed without scripts and served under a policy that loads nothing', async () => {
    await using webmail = await openWebmail()
    const path = await webmail.deliver(hostileMail('http://127.0.0.1:1'))
    const page = await (await webmail.get(path)).text()
    expect(page).toContain(`sandbox="${mailFrameSandbox}"`)
    expect(mailFrameSandbox).not.toMatch(/allow-(scripts|forms|modals|top-navigation(?!-by-user-activation))/)
    const policy = (await webmail.get(`${path}/body`)).headers.get('content-security-policy')
    expect(policy).toMatch(/^default-src 'none'; /)
    expect(policy).toContain(`sandbox ${mailFrameSandbox}`)
    expect(policy).not.toMatch(/script-src|https?:|\*/)
  })

  test('has its links sent elsewhere and nothing that loads by itself', () => {
    const compose = (mailto: string) => `/compose?mailto=${encodeURIComponent(mailto)}`
    expect(
      mailDocument(
        '<base href=//x><link rel=preconnect href=//x><META http-equiv=refresh content=0>' +
          '<a href=" MailTo:a%2Bb@x.example?body=1&amp;cc=c ">1</a><a target=_top href=http://x/?a=1&amp;b=2>2</a>' +
          '<a href=javascript:1>3</a><a href=/here>4</a><p title="<a href=http://x>">kept</p>',
        compose,
      ).replace(/^.*<\/style>/, ''),
    ).toBe(
      '<a href="/compose?mailto=MailTo%3Aa%252Bb%40x.example%3Fbody%3D1%26cc%3Dc" target="_top">1</a>' +
        '<a href="http://x/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">2</a>' +
        '<a>3</a><a>4</a><p title="<a href=http://x>">kept</p>',
    )
  })
})

describe('writing', () => {
  test('a reply is delivered as typed, in the chosen style', async () => {
    await using webmail = await openWebmail()
    const path = await webmail.deliver(await approvalMail())
    const answer = await webmail.post(`${path}/reply`, { style: 'apple', text: 'Oui\r\nmerci' })
    expect(answer.headers.get('location')).toBe(`${mailboxPath}/folders/Inbox?sent`)
    expect(await (await webmail.get(`${mailboxPath}/folders/Inbox?sent`)).text()).toContain('has been sent')
    const [sent] = webmail.backend.rawMessages(elodie.address, 'Sent Items')
    expect(Buffer.from(sent ?? []).toString()).toMatch(/In-Reply-To: <42-7[\s\S]*Oui\r\nmerci/)
  })

  test('a new message reaches its addressee', async () => {
    await using webmail = await openWebmail()
    const fields = { to: marcus.address, cc: '', subject: 'Bonjour', text: 'Salut' }
    expect((await webmail.post(`${mailboxPath}/compose`, fields)).status).toBe(303)
    expect(webmail.backend.listMessages(marcus.address, 'Inbox')[0]?.subject).toBe('Bonjour')
  })

  test('a refusal is shown beside the text, which is not lost', async () => {
    await using webmail = await openWebmail()
    const path = await webmail.deliver(await approvalMail())
    webmail.backend.refuseSubmissions('550 <mailbox> is full')
    const reply = await webmail.post(`${path}/reply`, { style: 'gmail', text: '\r\nMon texte & <moi>' })
    expect(reply.status).toBe(422)
    const page = await reply.text()
    expect(page).toContain('550 &lt;mailbox&gt; is full')
    // A textarea drops one line break after its start tag, so the typed one needs another before it.
    expect(page).toContain('>\n\nMon texte &amp; &lt;moi&gt;</textarea>')
    expect(page).toContain('<option value="gmail" selected>')
    const fields = { to: marcus.address, cc: '', subject: 'Sujet', text: 'Texte' }
    const message = await (await webmail.post(`${mailboxPath}/compose`, fields)).text()
    expect(message).toMatch(/550[\s\S]*value="Sujet"[\s\S]*Texte<\/textarea>/)
  })

  test('a message to nobody is refused at the form', async () => {
    await using webmail = await openWebmail()
    const answer = await webmail.post(`${mailboxPath}/compose`, { to: ' ', subject: 's', text: 't' })
    expect(answer.status).toBe(422)
    expect(webmail.backend.rawMessages(elodie.address, 'Sent Items')).toEqual([])
  })

  test.each([
    ['another origin', { Origin: 'http://evil.example' }],
    ['an opaque origin', { Origin: 'null' }],
    ['another site by Fetch Metadata', { 'Sec-Fetch-Site': 'cross-site' }],
    ['no browser at all', {}],
  ])('a form from %s sends nothing', async (_name, headers) => {
    await using webmail = await openWebmail()
    const path = await webmail.deliver(await approvalMail())
    for (const target of [`${path}/reply`, `${mailboxPath}/compose`]) {
      expect((await webmail.post(target, { to: marcus.address, text: 'YES' }, headers)).status).toBe(403)
    }
    expect(webmail.backend.rawMessages(elodie.address, 'Sent Items')).toEqual([])
  })

  test('a browser that goes away in the middle of a form does no harm', async () => {
    await using webmail = await openWebmail()
    const socket = connect(Number(new URL(webmail.origin).port), '127.0.0.1')
    const head = `POST ${mailboxPath}/compose HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nContent-Length: 99\r\n\r\n`
    await new Promise((resolve) => socket.write(`${head}to=`, resolve))
    socket.destroy()
    expect((await webmail.get('/')).status).toBe(200)
  })

  test('a form larger than any answer is refused', async () => {
    await using webmail = await openWebmail()
    const answer = await webmail.post(`${mailboxPath}/compose`, {
      to: marcus.address,
      text: 'x'.repeat(1_100_000),
    })
    expect(answer.status).toBe(413)
  })
})

test('changes are pushed to open pages and forgotten with them', async () => {
  await using webmail = await openWebmail()
  const abort = new AbortController()
  const answer = await fetch(`${webmail.origin}/webmail/changes`, { signal: abort.signal })
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let received = (await reader?.read())?.value ?? ''
  expect(received).not.toContain('event: change')
  await webmail.deliver(await approvalMail())
  while (!received.includes('event: change\ndata:\n\n')) received += (await reader?.read())?.value ?? ''
  expect(webmail.backend.countListeners()).toBe(3)
  abort.abort()
  await vi.waitFor(() => expect(webmail.backend.countListeners()).toBe(0))
})
