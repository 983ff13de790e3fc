import { namespaces } from './namespaces.ts'
import { type ComplexType, complexTypes, simpleTypes } from './schema.ts'
import { localName, type XmlElement } from './xml-element.ts'

/** A request that Exchange refuses with ErrorSchemaValidation before it looks at anything else. */
export class SchemaViolation extends Error {
  readonly line: number
  readonly column: number
  constructor(message: string, element: XmlElement) {
    super(message)
    this.line = element.line
    this.column = element.column
  }
}

/** The schema allows it, the simulator does not offer it: the test asks for something that is not there yet. */
export class NotSimulated extends Error {}

interface Particle {
  /** Qualified name to type name. */
  alternatives: Map<string, string>
  required: boolean
  repeats: boolean
}

/**
 * Checks an element against a type of `schema.ts`: order, occurrence, unknown elements and attributes, values.
 * @throws SchemaViolation
 * @throws NotSimulated
 */
export function validate(element: XmlElement, typeName: string): void {
  if (typeName === 'NotSimulated')
    throw new NotSimulated(`the simulator does not offer ${localName(element)}`)
  const type = complexTypes[typeName]
  if (!type) {
    validateValue(element, localName(element), element.text.trim(), typeName)
    return
  }
  validateAttributes(element, type)
  if (type.text !== undefined) validateValue(element, localName(element), element.text, type.text)
  else if (element.text.trim() !== '') {
    throw new SchemaViolation(`The element ${describe(element)} cannot contain text.`, element)
  }
  validateChildren(element, type)
}

function validateChildren(element: XmlElement, type: ComplexType): void {
  let next = 0
  for (const particle of particlesOf(type)) {
    let found = 0
    for (;;) {
      const child = element.children[next]
      const childType = child && particle.alternatives.get(child.name)
      if (!child || childType === undefined || (found === 1 && !particle.repeats)) break
      validate(child, childType)
      found += 1
      next += 1
    }
    if (found === 0 && particle.required) throw unexpected(element, element.children[next], particle)
  }
  const extra = element.children[next]
  if (extra) throw unexpected(element, extra)
}

function unexpected(parent: XmlElement, child: XmlElement | undefined, expected?: Particle): SchemaViolation {
  const names = expected
    ? ` List of possible elements expected: '${[...expected.alternatives.keys()].join(', ')}'.`
    : ''
  return child
    ? new SchemaViolation(
        `The element ${describe(parent)} has invalid child element ${describe(child)}.${names}`,
        child,
      )
    : new SchemaViolation(`The element ${describe(parent)} has incomplete content.${names}`, parent)
}

function describe(element: XmlElement): string {
  const prefix = element.name.split(':')[0] as keyof typeof namespaces
  return `'${localName(element)}' in namespace '${namespaces[prefix] ?? element.name}'`
}

function validateAttributes(element: XmlElement, type: ComplexType): void {
  const allowed = new Set<string>()
  for (const written of type.attributes) {
    const [name = '', valueType = ''] = written.replace('!', '').split(':')
    allowed.add(name)
    const value = element.attributes[name]
    if (value !== undefined) validateValue(element, name, value, valueType)
    else if (written.endsWith('!'))
      throw new SchemaViolation(`The required attribute '${name}' is missing.`, element)
  }
  for (const name of Object.keys(element.attributes)) {
    if (!allowed.has(name)) throw new SchemaViolation(`The '${name}' attribute is not declared.`, element)
  }
}

function validateValue(element: XmlElement, name: string, value: string, typeName: string): void {
  const type = simpleTypes[typeName]
  if (!type) throw new Error(`schema.ts lacks the type ${typeName}`)
  const isValid =
    type instanceof RegExp
      ? type.test(value)
      : Array.isArray(type)
        ? type.includes(value)
        : /^[+-]?\d+$/.test(value) && Number(value) >= type.from && Number(value) <= type.to
  if (!isValid) {
    throw new SchemaViolation(
      `The '${name}' ${name in element.attributes ? 'attribute' : 'element'} is invalid - The value '${value.slice(0, 100)}' is invalid according to its datatype.`,
      element,
    )
  }
}

const particles = new Map<ComplexType, Particle[]>()

function particlesOf(type: ComplexType): Particle[] {
  const known = particles.get(type)
  if (known) return known
  const read = type.children.map((written): Particle => {
    const mark = /[?*+]$/.exec(written)?.[0] ?? ''
    const names = written.slice(0, written.length - mark.length).split('|')
    return {
      alternatives: new Map(
        names.map((name) => {
          const [local = '', typeName = ''] = name.split(':')
          return [`${type.prefix}:${local}`, typeName]
        }),
      ),
      required: mark === '' || mark === '+',
      repeats: mark === '*' || mark === '+',
    }
  })
  particles.set(type, read)
  return read
}
