/** With its number, its brackets and an answer, such a line is not broken by mail clients that wrap at 72 columns. */
const LONGEST = 36

/**
 * What stands before the answer to one of several questions, in the form that mails offer and in the reply that comes
 * back: `Q2 Amount granted`, its number and its field's name in the form.
 */
export function formLabel({ id }: { id: string }, fieldLabel: string): string {
  return `${id} ${formName(fieldLabel)}`.trimEnd()
}

/**
 * What a field is called there: its label, shortened to whole words, without marks that could be taken for the end of a
 * label or the beginning of an answer. Empty when the label has no word that is short enough.
 */
export function formName(fieldLabel: string): string {
  const words = fieldLabel
    .replace(/[^\p{L}\p{M}\p{N}'’-]+/gu, ' ')
    .split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  let name = ''
  for (const word of words) {
    const longer = name === '' ? word : `${name} ${word}`
    if (longer.length > LONGEST) break
    name = longer
  }
  return name
}
