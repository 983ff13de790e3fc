import MailComposer from 'nodemailer/lib/mail-composer'

/** The approver whose mailbox the tests open. */
export const elodie = {
  address: 'elodie.gagnon@contoso.example',
  displayName: 'Élodie Gagnon',
  locale: 'fr-CA',
}
export const marcus = { address: 'marcus.reed@contoso.example', displayName: 'Marcus Reed', locale: 'en-US' }
/** The organisation's mailbox that approvals come from; a plus-address carries the reply token. */
export const approvals = {
  address: 'approvals@contoso.example',
  displayName: 'Contoso Approvals',
  locale: 'en-US',
}

export const approvalMessageId = '<42-7.k3vq2m7xw4t6abcd@contoso.example>'
export const approvalReplyTo = 'approvals+k3vq2m7xw4t6abcd@contoso.example'
export const approvalSubject = 'Purchase 42: 12 laptops, 18 460,00 € [#42-7-k3vq2m7xw4t6abcd]'

const mailto = (answer: string) =>
  `mailto:approvals%2Bk3vq2m7xw4t6abcd@contoso.example?subject=${encodeURIComponent(`RE: ${approvalSubject}`)}&amp;body=${answer}%0D%0A`

const button = 'display:inline-block;padding:12px 32px;border-radius:6px;font-weight:600;text-decoration:none'

const approvalHtml = `<!doctype html><html><head><title>Approval</title>
<style>.grey { color: #66706e } td { padding: 4px 24px 4px 0 }</style></head>
<body style="font-family:Segoe UI,Arial,sans-serif"><div id="marker" class="grey note">Reply above this line</div>
<p>Nadia Belkacem asks you to approve a purchase of <b>18 460,00 €</b>.</p>
<p><a href="${mailto('YES')}" style="${button};background:#0b5f5c;color:#fff">Approve</a>
 <a href="${mailto('NO')}" style="${button};background:#fff;color:#9b2318;border:1px solid #9b2318">Refuse</a></p>
<table><tr><td class="grey">Supplier</td><td>Litware Computing</td></tr>
<tr><td class="grey">Delivery</td><td>15 July 2026</td></tr><tr><td class="grey">Cost centre</td><td>4 210</td></tr></table>
<p>Or answer this mail with <b>YES</b> or <b>NO</b> on the first line.
 <a href="https://portal.contoso.example/actions/42-7">Open it in the portal</a></p></body></html>`

const approvalText = `Nadia Belkacem asks you to approve a purchase of 18 460,00 €.

Supplier: Litware Computing
Delivery: 15 July 2026

Answer this mail with YES or NO on the first line.
`

/** An approval e-mail as the product sends it: two mailto buttons, a text part, threading fields, an attachment. */
export function approvalMail(): Promise<Uint8Array> {
  return new MailComposer({
    from: { name: 'Contoso Approvals', address: approvals.address },
    to: { name: elodie.displayName, address: elodie.address },
    replyTo: approvalReplyTo,
    subject: approvalSubject,
    messageId: approvalMessageId,
    references: ['<42.opening@contoso.example>'],
    date: new Date('2026-11-24T14:03:00Z'),
    text: approvalText,
    html: approvalHtml,
    attachments: [{ filename: 'Offre n° 7.pdf', content: Buffer.from('%PDF-1.7 sample') }],
    newline: 'win',
  })
    .compile()
    .build()
}

/** A mail that tries what hostile mails try. `origin` is a server whose requests a test counts. */
export function hostileMail(origin: string): Buffer {
  const html = `<!doctype html><html><head>
<meta http-equiv="refresh" content="0;url=${origin}/refresh">
<meta http-equiv="Content-Security-Policy" content="default-src *">
<base href="${origin}/base/"><link rel="stylesheet" href="${origin}/link.css"><link rel="preconnect" href="${origin}">
<style>@import url("${origin}/import.css"); body { background: url(${origin}/background.png) }
@font-face { font-family: far; src: url(${origin}/font.woff2) } p { font-family: far }</style></head>
<body onload="parent.pwned = 'onload'"><script>parent.pwned = 'script'; fetch('${origin}/fetch')</script>
<img src="${origin}/pixel.gif" onerror="top.pwned = 'onerror'"><img src="relative.gif" srcset="${origin}/srcset.gif 2x">
<svg onload="top.pwned = 'svg'"><image href="${origin}/svg.png"></image><a xlink:href="javascript:top.pwned=1"><text y="20">svg link</text></a></svg>
<iframe src="${origin}/frame"></iframe><iframe srcdoc="<script>top.pwned = 'srcdoc'</script>"></iframe>
<object data="${origin}/object"></object><embed src="${origin}/embed"><video src="${origin}/video" poster="${origin}/poster" autoplay></video>
<form action="${origin}/form" method="post"><input name="a" value="1"><button id="submit">Send</button></form>
<a id="script-link" href="javascript:top.pwned='href'">script link</a>
<a id="far-link" href="${origin}/far" target="_top" ping="${origin}/ping">far link</a>
<p id="words">The words of a hostile mail</p></body></html>`
  const lines = [
    'From: "<script>top.pwned=1</script>" <mallory@fabrikam.example>',
    `To: "Élodie \\"><img src=${origin}/to.gif onerror=top.pwned=1>" <${elodie.address}>`,
    `Subject: </title><script>top.pwned='subject'</script><img src=${origin}/subject.gif>`,
    'Message-ID: <hostile@fabrikam.example>',
    'Date: Tue, 24 Nov 2026 14:03:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=limit',
    '',
    '--limit',
    'Content-Type: text/html; charset=utf-8',
    '',
    html,
    '--limit',
    `Content-Type: text/html; name="x"`,
    `Content-Disposition: attachment; filename="</a><script>top.pwned='file'</script>.html"`,
    '',
    '<script>top.pwned = "attachment"</script>',
    '--limit--',
    '',
  ]
  return Buffer.from(lines.join('\r\n'))
}
