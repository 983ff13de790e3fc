import { readFile } from 'node:fs/promises'
import { validateXML } from 'xmllint-wasm'

const folder = new URL('../../../test/fixtures/ews-schema/', import.meta.url)
const load = async (fileName: string) => ({
  fileName,
  contents: await readFile(new URL(fileName, folder), 'utf8'),
})

/**
 * Validates the content of each SOAP body against Microsoft's schema, all in one call, and gives what is wrong with
 * which. The two places where the real service deviates are turned back into what the schema says first.
 */
export async function validateAnswers(answers: Record<string, string>): Promise<string[]> {
  const xml = Object.entries(answers).map(([name, body]) => ({
    fileName: `${name}.xml`,
    contents: bodyContent(body),
  }))
  const [messages, types, xmlSchema] = await Promise.all(['messages.xsd', 'types.xsd', 'xml.xsd'].map(load))
  if (!messages || !types || !xmlSchema) throw new Error('the schema is missing')
  const result = await validateXML({
    xml,
    schema: messages,
    preload: [types, xmlSchema],
    maxMemoryPages: 4096,
  })
  return result.errors.map(({ message, loc }) => `${loc?.fileName}: ${message}`)
}

function bodyContent(envelope: string): string {
  const content = /<(?:s|soap):Body[^>]*>([\s\S]*)<\/(?:s|soap):Body>/.exec(envelope)?.[1]
  if (content === undefined) throw new Error(`no SOAP body in ${envelope.slice(0, 200)}`)
  return (
    content
      .replace(/<m:Notifications>[\s\S]*<\/m:Notifications>/, (told) =>
        told.replace(/<(\/?)m:Notification>/g, '<$1t:Notification>'),
      )
      .replace(/<m:ErrorSubscriptionIds>[\s\S]*<\/m:ErrorSubscriptionIds>/, (ids) =>
        ids.replace(/m:SubscriptionId/g, 't:SubscriptionId'),
      )
      // Requests declare their prefixes on the envelope.
      .replace(
        /^(\s*<m:\w+)(?![^>]*xmlns:m)/,
        `$1 xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"`,
      )
  )
}
