/** Brackets with nothing between them at the end of a line, behind the colon of a label: `Q2 Amount granted: [ ]`. */
const emptyBrackets = /[:：]\s*[^\p{L}\p{N}\s]\s*[^\p{L}\p{N}\s]\s*$/u

/**
 * Whether this is a line of the answer form that our mails offer, not filled in. Where it stands in new text somebody has
 * copied it, or left it in a prefilled reply: it begins no quote.
 */
export function isFormLine(text: string): boolean {
  return emptyBrackets.test(text.slice(-200))
}
