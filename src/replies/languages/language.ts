/**
 * What the reader must know of a language. Phrases are written as people write them; the reader folds them (case,
 * accents, punctuation), so one spelling of each is enough.
 */
export type Language = DeepLanguage | PlainLanguage

/**
 * Words of a language in which answers are read no further than the plain word: with anything beside or below it but
 * courtesy, it is unclear, because the reader knows too little of what could take it back.
 */
export interface PlainLanguage extends MailWords {
  /** Negations, conditions and hedges: they cast their doubt on any answer, whatever language that is in. */
  doubts: string[]
  /** Those that are ordinary words elsewhere (Finnish `vain`, Hungarian `de`): they count beside this language's words. */
  localDoubts: string[]
}

/** What a mail shows in each language beside its new text, and the words that answer by themselves. */
export interface MailWords {
  locale: string
  /** Words that give the answer by themselves. They decide only where one choice alone has a keyword of that meaning. */
  yes: string[]
  no: string[]
  greetings: string[]
  thanks: string[]
  /** Formulas that end a mail; what stands below is the signature. */
  closings: string[]
  /** Labels of the header block that Outlook puts above a quoted mail. */
  quotedHeaders: { from: string[]; sent: string[]; to: string[]; subject: string[] }
  /** First words of the line that introduces a quote, and its verb: `On … wrote:`, `Am … schrieb …:`. */
  attribution: { starts: string[]; verbs: string[] }
  /** Separators such as `-----Original Message-----`. */
  originalMessages: string[]
  /** Beginnings of the line a device or an app signs with. */
  deviceSignatures: string[]
  /** Phrases that gateways put above mail from outside. */
  banners: string[]
  /** Beginnings of legal and scanner footers. */
  disclaimers: string[]
  /**
   * How subjects begin that programs write: `automatic` those of automatic replies, which nobody else writes; `away` words
   * that people put there, too; then calendar answers and read receipts.
   */
  subjects: { automatic: string[]; away: string[]; calendar: string[]; receipt: string[] }
}

/** A language whose doubts, conditions and courtesy the reader knows, and so tells a comment from a change of mind. */
export interface DeepLanguage extends MailWords {
  /** Those of the yes words that may also say no more than *I have read it*: they answer only when they stand alone. */
  acknowledgements: string[]
  /**
   * Those of them that answer nothing even alone, because people of this language confirm with them that a mail has come: `ok`
   * in Portuguese (*ok, recebido*) and Polish.
   */
  noticings: string[]
  /** Words that answer in another language and say something else in this one: Polish `no` is a careless yes. */
  otherwise: string[]
  /** What may stand before or behind an answer without changing it: `I approve` *this request*, *from my side* `approved`. */
  complements: string[]
  /** Nouns for what is asked for and its mail, with what stands before them: `to` *the* **purchase** complements an answer. */
  requestNouns: string[]
  determiners: string[]
  requestPrepositions: string[]
  /** Words between such a noun and whose it is: `the request` *of* `Marc`. */
  ofWhom: string[]
  /** What may lead into an answer without changing it, beside complements, assents and idioms: `this is` *approved*. */
  leads: string[]
  /**
   * How a remark begins that says how an answer came about: `thanks for`, `as discussed`, `because`. In front of the answer
   * it goes to the next punctuation or *and*; behind it, it needs no punctuation.
   */
  prefaces: string[]
  /** Courtesy that may only follow an answer: `please approve` asks somebody else. */
  pleases: string[]
  negations: string[]
  /** Words that bind an answer to something, wherever they stand near it. */
  conditions: string[]
  /**
   * Negations and conditions that are ordinary words elsewhere (Italian `se`, a pronoun in French): they count in a line
   * unless it is plainly in another language.
   */
  localDoubts: string[]
  /** Its most frequent words, by which the language of a line is told. */
  functionWords: string[]
  /** Words that weaken an answer when they stand in the same line. */
  hedges: string[]
  /** Words that bound an answer to a part or an amount, wherever they stand near it: `up to 500`, `half of them`. */
  limits: string[]
  /** Words that point at what follows, and so cast no doubt where they stand above the answers to several questions. */
  pointers: string[]
  /** First words of a remark that says what an answer is for, and so what it may not be for: `Yes, for the laptops`. */
  scopes: string[]
  futures: string[]
  /** What puts a decision off with a word that may be a no by itself: Polish `jeszcze nie`. */
  notYet: string[]
  /**
   * What says that its writer has looked at what was asked, and when: `I went over the figures yesterday`. A sentence of nothing
   * else may stand before an answer.
   */
  reports: string[]
  /**
   * What says behind a no that it may be taken up again, and so is not the last word: `change it to nine`, *then I will look
   * again*.
   */
  reopenings: string[]
  /** Words that take back what stands before them. */
  retractions: string[]
  /** Words that ask for the contrary of what follows a yes: `Stop the order`. */
  withdrawals: string[]
  /** Words that ask for something else than what a yes agrees to, wherever they stand near it: a change, more facts. */
  reservations: string[]
  /** Words that ask, where a line begins with them. */
  questions: string[]
  /**
   * How a decision is put off: a writer, and in the same clause a deferral (`I` … `to check`). A perfect between them
   * says that it has been done already; a language whose deferrals cannot be taken for that needs none.
   */
  writers: string[]
  perfects: string[]
  deferrals: string[]
  /** Phrases that hold a negation or a condition and cast no doubt on an answer: `do not hesitate`. */
  idioms: string[]
  /**
   * Phrases around a word of doubt that cast none wherever they stand beside or below an answer, because nothing behind them
   * makes them a condition: `this afternoon`, `a copy of the invoice`.
   */
  harmless: string[]
  /**
   * What tells that a mail was read or talked of. Beside a word that may be no more than an answer to that it is a hedge:
   * `Yes,` *Marc asked me about it*.
   */
  remarks: string[]
  /**
   * Words for what a request is about, its money and its reasons: a remark that holds one is about the request, and another
   * may answer something else (`Yes,` *Marc is on my team*).
   */
  matters: string[]
  /** Phrases that agree, and so do not go with a no. They are idioms beside a yes. */
  assents: string[]
  /**
   * What says why not, whole, and so goes with a no although it looks like a negation, a scope or a complement: `we do not
   * have the budget`, `zu teuer`. Never a beginning alone: `we do not have` may go on with *any objection*.
   */
  refusals: string[]
  /** What leads into a no or follows it, whole, and never goes with a yes: *unfortunately* `no`. */
  regrets: string[]
  /** Words that do not go with a no, and those that do not go with a yes: `No, looks good`. */
  favourable: string[]
  unfavourable: string[]
  /** `HELP` and `STATUS` stand alone in the first line; `COMMENT` is followed by its text, `DELEGATE` by somebody. */
  instructions: { HELP: string[]; STATUS: string[]; COMMENT: string[]; DELEGATE: string[] }
  /** Words between `DELEGATE` and who is meant, and those before the last day of it. */
  delegation: { to: string[]; until: string[] }
  automaticMail: AutomaticMailWords
  /**
   * Words that introduce the day of return, those between two days of which it is the second (`23/11` *au* `27/11`), and
   * the months from January on, each with its short forms.
   */
  returnDate: { introductions: string[]; rangeEnds: string[]; months: string[][]; dayFirst: boolean }
}

/** What automatic mail says of itself, for that which has no header to say so. */
export interface AutomaticMailWords {
  /** It calls itself automatic. */
  declarations: string[]
  /** Fixed phrases of ticket systems, challenges, recalls and file shares: no person puts it so. */
  notices: string[]
  /** With a subject that says so: our mail was read, or deleted unread. */
  receipts: string[]
  /** Behind an emoji and a name: somebody clicked it under our mail. */
  reactions: string[]
  /** An absence: its writer, and close behind what they are. */
  writers: string[]
  absences: string[]
  /** Words before the one who stands in. */
  contacts: string[]
}
