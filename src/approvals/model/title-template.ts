const placeholder = /\{\{\s*([A-Za-z][A-Za-z0-9_-]*)\s*\}\}/g

/** Fields that a title template names, in order. */
export function fieldsOfTemplate(template: string): string[] {
  return [...template.matchAll(placeholder)].map((match) => match[1] ?? '')
}

/** Whether every pair of braces in the template stands around the name of a field. */
export function isTemplate(template: string): boolean {
  return !/\{\{|\}\}/.test(template.replace(placeholder, ''))
}

/** The template with its placeholders replaced, once: braces within a value stay as they are. */
export function fillTemplate(template: string, textOf: (field: string) => string): string {
  return template.replace(placeholder, (_, field: string) => textOf(field))
}
