import { type Translate, translator } from '../../../lib/translate.ts'
import { maskReplyTokens } from '../../mask-reply-tokens.ts'
import type { EvidenceScope } from './evidence-scope.ts'

/** What the export holds, and how to verify it without us: the text of README.txt, in the reader's language. */
export function readme(scope: EvidenceScope, { isSigned }: { isSigned: boolean }): string {
  const text = translator(scope.locale)
  const sections = [
    [titleOf(scope, text), exportedBy(scope, text)],
    contents(scope, isSigned, text),
    [
      heading(text('evidence:masked.title')),
      text('evidence:masked.detail'),
      text('evidence:masked.outbound'),
    ],
    verification(scope, isSigned, text),
  ]
  return `${sections.map((lines) => lines.join('\n\n')).join('\n\n\n')}\n`
}

function titleOf({ request, messages }: EvidenceScope, text: Translate): string {
  const title =
    request === null
      ? text('evidence:title-message', { message: messages[0]?.id ?? '' })
      : // A title is what somebody typed: it stays on its line.
        text('evidence:title', { request: request.id, title: maskReplyTokens(oneLine(request.title)) })
  return `${title}\n${'='.repeat(title.length)}`
}

function exportedBy({ caller, at }: EvidenceScope, text: Translate): string {
  const date = at.toISOString()
  if (caller.kind === 'operator') return text('evidence:exported-by-operator', { date })
  const { name, address } = caller.person
  return text('evidence:exported-by', { date, name: oneLine(name), address })
}

function contents({ request, isWhole }: EvidenceScope, isSigned: boolean, text: Translate): string[] {
  const listed = [
    ...(request === null
      ? []
      : ([
          ['request.json', 'request'],
          ['process.json', 'process'],
          ['audit/entries.jsonl', 'entries'],
          ['audit/checkpoint.jsonl', 'checkpoint'],
        ] as const)),
    ...(isWhole ? ([['files/', 'files']] as const) : []),
    ['messages/in/*.eml', 'raw'],
    ['messages/in/*.json', 'read'],
    ['messages/out/', 'sent'],
    ['SHA256SUMS', 'sums'],
    ...(isSigned
      ? ([
          ['SHA256SUMS.sig', 'signature'],
          ['public-key.pem', 'key'],
        ] as const)
      : []),
  ]
  const lines = listed.map(([name = '', key = '']) => `${name.padEnd(24)}${text(`evidence:contents.${key}`)}`)
  return [heading(text('evidence:contents.title')), lines.join('\n')]
}

function verification({ request }: EvidenceScope, isSigned: boolean, text: Translate): string[] {
  return [
    heading(text('evidence:verify.title')),
    text('evidence:verify.with-us'),
    '    countersign audit verify-export FILE.zip --key KEY.pem',
    text('evidence:verify.sums'),
    '    sha256sum --check SHA256SUMS',
    ...(isSigned
      ? [
          text('evidence:verify.signature'),
          '    openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig',
          text('evidence:verify.key'),
        ]
      : [text('evidence:verify.unsigned')]),
    ...(request === null
      ? []
      : [
          text('evidence:verify.chain'),
          '    payloadDigest   SHA-256(canonical JSON of payload)\n' +
            '    previousDigest  digest of the line before; 64 zeros in the first\n' +
            '    digest          SHA-256(canonical JSON of {actorId, at, kind, payloadDigest, previousDigest, requestId, sequence})',
          text('evidence:verify.canonical'),
          text('evidence:verify.checkpoint'),
          '    statement   Ed25519, signature in base64, checked with publicKey\n' +
            '    headsDigest SHA-256(requestId + " " + sequence + " " + digest + "\\n" of each line below it, in their order)',
          text('evidence:verify.reply'),
        ]),
  ]
}

const heading = (title: string) => `${title}\n${'-'.repeat(title.length)}`

const oneLine = (typed: string) => typed.replace(/\s+/gu, ' ').slice(0, 200)
