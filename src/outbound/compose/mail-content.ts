/** One piece of a mail. HTML and text are both made from the same pieces, so that neither can say more. */
export type Block =
  | { kind: 'paragraph'; text: string }
  /** The question, as the process words it. */
  | { kind: 'question'; text: string }
  /** Somebody's own words. */
  | { kind: 'quote'; lines: string[] }
  /** One mailto link per choice; a mail with buttons wants an answer. The line on how to answer says the same in text. */
  | { kind: 'buttons'; buttons: { label: string; href: string }[] }
  /** Lines to be copied into a reply and filled in, to the letter. */
  | { kind: 'form'; lines: string[] }
  | { kind: 'table'; rows: { label: string; value: string }[] }
  | { kind: 'link'; label: string; href: string }
  /** In small type. */
  | { kind: 'note'; text: string }

/** What a mail of one kind says beyond the request's title and amount, which every mail shows. */
export interface MailContent {
  /** Stands before the title in the subject; empty for the approval e-mail. */
  subjectPrefix: string
  /** The first line: who asks, or what happened. */
  lead: string
  blocks: Block[]
}
