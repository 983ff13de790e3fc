/** What a message shows of itself in its header fields before it is fetched; shared by the adapters. */

/** Providers resolve plus-addresses in properties of their own; in these fields they stand as written. */
const recipientFields = new Set(['to', 'cc'])
const referenceFields = new Set(['in-reply-to', 'references'])

/** Message-IDs and addresses with their longest lengths (RFC 5322 2.1.1, RFC 5321 4.5.3.1), so that scanning is linear. */
const messageId = /<[^<>\s]{1,998}>/g
const address = /[^\s<>,;:"()]{1,64}@[^\s<>,;:"()]{1,255}/g

/** The references and recipients that stand in header fields, and in `more` that the provider tells beside them. */
export function readHeadFields(
  fields: { name: string; value: string }[],
  more: { references: string[]; recipients: string[] },
): { references: string[]; recipients: string[] } {
  const valuesOf = (names: Set<string>) =>
    fields.filter(({ name }) => names.has(name.toLowerCase())).map(({ value }) => value)
  return {
    references: matches([...more.references, ...valuesOf(referenceFields)], messageId),
    recipients: matches([...more.recipients, ...valuesOf(recipientFields)], address),
  }
}

function matches(texts: string[], pattern: RegExp): string[] {
  return [...new Set(texts.flatMap((text) => text.match(pattern) ?? []))]
}
