import { isMap, isNode, isScalar, isSeq, type Node, parseDocument } from 'yaml'

export interface OutlinedText {
  en: string
  fr?: string
}

/** A list of words in the text: of one language, or of all that their choice has. */
export interface KeywordList {
  language: 'en' | 'fr' | 'all'
  words: string[]
}

export interface OutlinedChoice {
  result: string
  label: OutlinedText
  keywords: KeywordList[]
  path: (string | number)[]
}

export interface OutlinedQuestion {
  id: string
  text: OutlinedText
  /** Empty of a question that is answered with a value. */
  choices: OutlinedChoice[]
}

export interface OutlinedStep {
  name: string
  title: OutlinedText
  questions: OutlinedQuestion[]
}

/**
 * The steps, questions and choices in the text of a definition, with the words of each. It asks for less than the checker,
 * so that a keyword that the checker refuses can be seen and mended. Null of a text that is no YAML.
 */
export function outlineOf(text: string): OutlinedStep[] | null {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'error' })
  if (document.errors.length > 0) return null
  return items(document.get('steps')).map((step, index) => {
    const single = member(step, 'question')
    const questions = single === undefined ? items(member(step, 'questions')) : [single]
    const place = (at: number) =>
      single === undefined ? ['steps', index, 'questions', at] : ['steps', index, 'question']
    const name = scalar(member(step, 'name'))
    return {
      name,
      title: localText(member(step, 'title'), name),
      questions: questions.map((question, at) => ({
        id: `Q${at + 1}`,
        text: localText(member(question, 'text'), ''),
        choices: items(member(question, 'choices')).map((choice, number) => {
          const result = scalar(member(choice, 'result'))
          return {
            result,
            label: localText(member(choice, 'label'), result),
            keywords: listsIn(member(choice, 'keywords')),
            path: [...place(at), 'choices', number],
          }
        }),
      })),
    }
  })
}

function listsIn(node: Node | undefined): KeywordList[] {
  if (isSeq(node)) return [{ language: 'all', words: items(node).map(scalar) }]
  return (['en', 'fr'] as const).map((language) => ({
    language,
    words: items(member(node, language)).map(scalar),
  }))
}

function member(node: unknown, key: string): Node | undefined {
  const value = isMap(node) ? node.get(key, true) : undefined
  return isNode(value) ? value : undefined
}

function items(node: unknown): Node[] {
  return isSeq(node) ? node.items.filter((item) => isNode(item)) : []
}

function scalar(node: unknown): string {
  return isScalar(node) ? String(node.value ?? '') : ''
}

function localText(node: Node | undefined, otherwise: string): OutlinedText {
  if (isScalar(node)) return { en: scalar(node) }
  const fr = scalar(member(node, 'fr'))
  return { en: scalar(member(node, 'en')) || otherwise, ...(fr !== '' && { fr }) }
}
