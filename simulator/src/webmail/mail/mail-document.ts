import { rewriteOpenTags, writeOpenTag } from './rewrite-open-tags.ts'
import type { OpenTag } from './scan-html.ts'

/**
 * What keeps a hostile mail harmless is this policy together with the frame's sandbox, not the rewriting
 * below: no script, no form, no load over the network (also none from CSS). The page around it needs the
 * origin to measure the height, which is safe exactly because scripts are not allowed.
 */
export const mailDocumentPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation',
].join('; ')

/** The sandbox of the frame: the same permissions as the policy's. */
export const mailFrameSandbox = mailDocumentPolicy.slice(mailDocumentPolicy.indexOf('sandbox ') + 8)

/**
 * Canvas follows the colour scheme the mail itself declares: a mail that never thought of dark mode stays on
 * white, as in Apple Mail, and one that did gets the reader's dark.
 */
const readerStyle =
  '<style>html{background:Canvas;color:CanvasText}' +
  'body{margin:16px;font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}' +
  'img{max-width:100%}</style>'

/**
 * Turns the HTML part of a mail into the document of the reading frame: links open outside the frame, mailto
 * links in the composer whose address `composeUrl` gives, and elements that could reach the network by
 * themselves are left out.
 */
export function mailDocument(html: string, composeUrl: (mailto: string) => string): string {
  const body = rewriteOpenTags(html, (tag) => {
    switch (tag.name) {
      case 'a':
      case 'area':
        return writeOpenTag(rewriteLink(tag, composeUrl))
      case 'meta':
        // Only the colour scheme: a refresh would leave the page, a policy could weaken nothing but confuse.
        return tag.attributes.name === 'color-scheme' ? null : ''
      case 'link': // preconnect and dns-prefetch are not covered by a content security policy
      case 'base':
        return ''
      default:
        return null
    }
  })
  // The doctype goes first so that our style cannot push the mail into quirks mode.
  return `<!doctype html>${readerStyle}${body}`
}

function rewriteLink({ name, attributes }: OpenTag, composeUrl: (mailto: string) => string): OpenTag {
  const { href, target, rel, ping, download, 'xlink:href': svgHref, ...kept } = attributes
  const link = (href ?? '').trim()
  if (/^mailto:/i.test(link)) {
    return { name, attributes: { ...kept, href: composeUrl(link), target: '_top' } }
  }
  if (/^https?:\/\//i.test(link)) {
    return { name, attributes: { ...kept, href: link, target: '_blank', rel: 'noopener noreferrer' } }
  }
  return { name, attributes: kept }
}
