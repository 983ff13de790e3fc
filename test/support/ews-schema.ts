import { readFile } from 'node:fs/promises'
import { validateXML } from 'xmllint-wasm'

/** What Microsoft's schema has against these documents, whose roots are elements of its namespaces. */
export async function schemaErrors(documents: { name: string; xml: string }[]): Promise<string[]> {
  const fixture = (name: string) =>
    readFile(new URL(`../fixtures/ews-schema/${name}`, import.meta.url), 'utf8')
  const [messages, types, xml] = await Promise.all(['messages.xsd', 'types.xsd', 'xml.xsd'].map(fixture))
  const { errors } = await validateXML({
    xml: documents.map(({ name, xml }) => ({ fileName: name, contents: xml })),
    schema: [{ fileName: 'messages.xsd', contents: messages ?? '' }],
    preload: [
      { fileName: 'types.xsd', contents: types ?? '' },
      { fileName: 'xml.xsd', contents: xml ?? '' },
    ],
    maxMemoryPages: 4096,
  })
  return errors.map(({ message }) => message)
}
