import type { Translate } from '../../lib/translate.ts'

/** What a rule goes by; the rule's own name where a server of another version has one that is unknown here. */
export function describeRule(rule: string, text: Translate): string {
  return rules.has(rule) ? text(`readings:rule.${rule}`) : rule
}

/** A test holds them against what the fixtures are read by. */
const rules: ReadonlySet<string> = new Set([
  'keyword',
  'language',
  'other-language',
  'emoji',
  'value',
  'instruction',
  'same-line',
  'below-answer',
  'below-instruction',
  'not-an-answer',
  'unread',
  'thanks',
  'greeting',
  'marker',
  'quote-prefix',
  'original-message',
  'header-block',
  'attribution',
  'sent-text',
  'dashes',
  'closing',
  'sender-name',
  'device',
  'external-mail',
  'disclaimer',
  'learned-footer',
  'automatic',
  'blank',
])
