import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml'
import {
  error,
  type Finding,
  MAX_PROBLEMS,
  type Path,
  type Problem,
  type ProblemCode,
  toProblem,
} from './problem.ts'

/** A YAML or JSON text as plain data, and where each part of it stood. */
export interface YamlSource {
  /** Undefined when there are problems. */
  value: unknown
  problems: Problem[]
  /** Puts findings into words, each with the line of its path or of the nearest part that exists. */
  locate(findings: Finding[]): Problem[]
}

/**
 * Reads one YAML 1.2 document (JSON is YAML), in which `YES`, `NO` and `on` are texts. Refused: more than `maxBytes`,
 * syntax errors, keys that stand twice, a second document, tags, and aliases, since a few lines of them can stand for
 * gigabytes. Never throws; time is linear in the text.
 */
export function readYaml(text: string, maxBytes: number): YamlSource {
  if (Buffer.byteLength(text) > maxBytes) {
    const problem = toProblem(error([], 'file-too-large', { kilobytes: maxBytes / 1024 }))
    return {
      value: undefined,
      problems: [problem],
      locate: (findings) => findings.map((one) => toProblem(one)),
    }
  }
  const lines = new LineCounter()
  // The library compares every key of a map with every other: 16 s for the 40,000 keys that fit into 256 KiB.
  // `findKeysTwice` does the same in one pass.
  const document = parseDocument(text, {
    version: '1.2',
    uniqueKeys: false,
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
  })
  const lineAt = (offset: number) => lines.linePos(offset).line

  // Only the first fault is told, for the others are mostly its consequences.
  const fault = document.errors[0] ?? document.warnings[0]
  const problems = fault
    ? [toProblem(describeFault(fault), lineAt(fault.pos[0]))]
    : [...findKeysTwice(document), ...findAliases(document)]
        .slice(0, MAX_PROBLEMS)
        .map(({ finding, node }) => toProblem(finding, lineAt(node.range?.[0] ?? 0)))
  return {
    value: problems.length > 0 ? undefined : document.toJS(),
    problems,
    locate: (findings) => findings.map((one) => toProblem(one, lineAt(offsetOf(document, one.path)))),
  }
}

function describeFault(fault: YAMLError): Finding {
  const codes: Partial<Record<YAMLError['code'], ProblemCode>> = {
    TAB_AS_INDENT: 'yaml-tab',
    MULTIPLE_DOCS: 'yaml-two-documents',
    RESOURCE_EXHAUSTION: 'yaml-too-deep',
    TAG_RESOLVE_FAILED: 'yaml-tag',
  }
  const code = codes[fault.code]
  return code === undefined ? error([], 'yaml-syntax', { detail: fault.message }) : error([], code)
}

interface FoundNode {
  finding: Finding
  node: Node
}

function findKeysTwice(document: Document.Parsed): FoundNode[] {
  const found: FoundNode[] = []
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>()
      for (const { key } of map.items) {
        if (!isScalar(key)) continue
        const name = String(key.value)
        if (seen.has(name)) found.push({ finding: error([], 'yaml-key-twice', { key: name }), node: key })
        seen.add(name)
      }
    },
  })
  return found
}

function findAliases(document: Document.Parsed): FoundNode[] {
  const found: FoundNode[] = []
  visit(document, {
    Alias(_, alias) {
      found.push({ finding: error([], 'yaml-alias', { alias: `*${alias.source}` }), node: alias })
    },
  })
  return found
}

/** Where the part at this path begins: its key in a map, the item itself in a list. */
function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents
  let offset = document.contents?.range?.[0] ?? 0
  for (const segment of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment))
      if (!pair || !isNode(pair.key)) return offset
      offset = pair.key.range?.[0] ?? offset
      node = pair.value
    } else if (isSeq(node)) {
      const item = node.items[Number(segment)]
      if (!isNode(item)) return offset
      offset = item.range?.[0] ?? offset
      node = item
    } else return offset
  }
  return offset
}
