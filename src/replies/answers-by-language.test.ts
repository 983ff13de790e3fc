import { describe, expect, test } from 'vitest'
import type { ParsedMessage } from '../mail/message.ts'
import { deepLanguages, isPlain, languages } from './languages/all-languages.ts'
import { readReply } from './read-reply.ts'

function read(text: string, locale: string, [yes, no]: readonly [string, string] = ['Yes', 'No']): string {
  const message: ParsedMessage = {
    providerId: '',
    messageId: null,
    inReplyTo: null,
    references: [],
    from: [{ name: 'Nadia Roy', address: 'nadia@contoso.example' }],
    sender: null,
    to: [],
    cc: [],
    replyTo: [],
    subject: 'RE: Purchase',
    date: new Date('2026-11-24T09:31:00Z'),
    text,
    html: null,
    isCut: false,
    obstacle: null,
    headers: [],
    attachments: [],
    deliveryReport: null,
    itemClass: null,
  } as unknown as ParsedMessage
  const choices = [
    { result: 'YES', keywords: [yes] },
    { result: 'NO', keywords: [no] },
  ]
  const { answers, reason, kind } = readReply(message, {
    questions: [{ id: 'Q1', choices }],
    locale,
    brackets: '[]',
    sentText: null,
    learnedFooters: [],
  })
  return answers.Q1 ?? reason ?? kind
}

describe.each(languages)('$locale', (language) => {
  const { locale, yes, no, thanks, closings } = language
  const noticings = 'noticings' in language ? language.noticings : []
  const words = [...yes.map((word) => ['YES', word]), ...no.map((word) => ['NO', word])].filter(
    ([, word = '']) => !noticings.includes(word),
  ) as [string, string][]

  // A test for each of tens of thousands of phrases would take longer to report than to read.
  test('each word answers, alone and above courtesy', () => {
    const failed = words.filter(([result, word]) => {
      const signed = `${word}.\n\n${thanks[0]}\n\n${closings[0]}\nNadia Roy`
      return read(word, locale) !== result || read(signed, locale) !== result
    })
    expect(failed).toEqual([])
  })

  if (noticings.length > 0) {
    test('a word that says that a mail has come decides nothing alone', () => {
      const failed = noticings.filter(
        (word) => read(word, locale) === 'YES' || read(`${word}\n${thanks[0]}`, locale) === 'YES',
      )
      expect(failed).toEqual([])
    })
  }

  test('of a stranger to the language it is never the contrary', () => {
    const contrary = { YES: 'NO', NO: 'YES' }
    const failed = words.flatMap(([result, word]) =>
      deepLanguages
        .filter(({ locale: other }) => read(word, other) === contrary[result as 'YES' | 'NO'])
        .map(({ locale: other }) => [other, word]),
    )
    expect(failed).toEqual([])
  })
})

describe.each(languages.filter(isPlain))(
  '$locale, a plain language',
  ({ locale, yes, no, doubts, localDoubts }) => {
    test('with more than the word it is unclear', () => {
      for (const word of [yes[0], no[0]]) {
        expect(read(`${word} xyzzy`, locale)).not.toMatch(/YES|NO/)
        expect(read(`${word}\n\nxyzzy plugh`, locale)).not.toMatch(/YES|NO/)
      }
    })

    test('a keyword takes a comment, unless it holds a word of doubt', () => {
      // Behind a bare yes an unknown remark is a doubt by itself.
      const longest = yes.toSorted((one, other) => other.length - one.length)[0] ?? ''
      const keywords = [longest, no[0] ?? ''] as const
      const decides = (text: string) => read(text, locale, keywords) === 'YES'
      expect(decides(`${longest}, xyzzy`)).toBe(true)
      expect(decides(`${longest}\n\nxyzzy`)).toBe(true)
      const failed = [...doubts, ...localDoubts].filter(
        (doubt) => decides(`${longest}, ${doubt} xyzzy`) || decides(`${longest}\n\n${doubt} xyzzy`),
      )
      expect(failed).toEqual([])
    })
  },
)

/** A yes that is doubted by its words alone: behind a bare one any unknown remark is a doubt. */
const firm: Record<string, string> = {
  en: 'Approved',
  fr: 'Approuvé',
  de: 'Genehmigt',
  es: 'Aprobado',
  it: 'Approvato',
  nl: 'Goedgekeurd',
  pt: 'Aprovado',
  pl: 'Zatwierdzam',
}

describe.each(deepLanguages)('$locale: every word of doubt keeps a yes from deciding', (language) => {
  const { locale } = language
  const { negations, conditions, localDoubts, limits, retractions, withdrawals } = language
  const { hedges, futures, reservations, questions } = language
  const yes = firm[locale] ?? ''
  const decides = (text: string) => read(text, locale, keywords[locale]) === 'YES'

  test('the word alone decides', () => {
    expect(decides(yes)).toBe(true)
    expect(decides(`${yes}, xyzzy`)).toBe(true)
    expect(decides(`${yes}\n\nxyzzy`)).toBe(true)
  })

  test('beside it and below', () => {
    const doubts = [negations, conditions, localDoubts, limits, retractions, withdrawals].flat()
    const failed = doubts.filter(
      (doubt) => decides(`${yes}, ${doubt} xyzzy`) || decides(`${yes}\n\n${doubt} xyzzy`),
    )
    expect(failed).toEqual([])
  })

  test('beside it', () => {
    const doubts = [hedges, futures, reservations, questions].flat()
    expect(doubts.filter((doubt) => decides(`${yes}, ${doubt} xyzzy`))).toEqual([])
  })
})

const keywords: Record<string, readonly [string, string]> = {
  en: ['Yes', 'No'],
  fr: ['Oui', 'Non'],
  de: ['Ja', 'Nein'],
  es: ['Sí', 'No'],
  it: ['Sì', 'No'],
  nl: ['Ja', 'Nee'],
  pt: ['Sim', 'Não'],
  pl: ['Tak', 'Nie'],
}

test.each([
  ['de', 'Ja', 'YES'],
  ['de', 'Genehmigt.\n\nBitte bis Freitag liefern.\n\nMit freundlichen Grüßen\nNadia Roy', 'YES'],
  ['de', 'Hallo Marc,\n\nja, ich genehmige den Antrag.\n\nViele Grüße\nNadia', 'YES'],
  ['de', 'Nein, wir haben kein Budget.', 'NO'],
  ['de', 'Nein\n\nDas ist zu teuer.', 'NO'],
  ['de', 'Ja, aber nur wenn es unter 500 bleibt', 'unclear'],
  ['de', 'Nicht genehmigt', 'unclear'],
  ['de', 'Ich bin nicht einverstanden', 'unclear'],
  ['de', 'Ich prüfe das morgen', 'unclear'],
  ['de', 'Ja?', 'unclear'],
  ['de', 'Einverstanden', 'YES'],
  ['de', 'Keine Einwände', 'unclear'],
  ['de', 'Passt', 'unclear'],
  ['de', 'Ja, bitte bestellen.', 'YES'],
  ['de', 'Abgelehnt. Bitte ein zweites Angebot einholen.', 'NO'],
  ['de', 'Ja\n\nBitte die Rechnung an die Buchhaltung schicken.', 'YES'],
  ['es', 'Sí', 'YES'],
  ['es', 'Sí, adelante', 'YES'],
  ['es', 'Sí, si el precio baja', 'unclear'],
  ['es', 'Sí\n\nSi baja el precio', 'unclear'],
  ['es', 'Aprobado. Gracias', 'YES'],
  ['es', 'No, no tenemos presupuesto', 'NO'],
  ['es', 'No', 'NO'],
  ['es', 'No apruebo esta solicitud', 'unclear'],
  ['es', 'No estoy de acuerdo', 'unclear'],
  ['es', 'De acuerdo', 'YES'],
  ['es', 'De acuerdo, pero solo diez', 'unclear'],
  ['es', 'Lo veo mañana', 'unclear'],
  ['es', 'Apruebo la solicitud', 'YES'],
  ['es', 'Buenos días,\n\nApruebo.\n\nUn saludo,\nNadia', 'YES'],
  ['es', 'Sin objeción', 'unclear'],
  ['it', 'Sì', 'YES'],
  ['it', 'Approvato', 'YES'],
  ['it', 'Va bene, ma solo dieci', 'unclear'],
  ['it', 'Sì, se arriva entro lunedì', 'unclear'],
  ['it', 'Sì\n\nse arriva entro lunedì', 'unclear'],
  ['it', 'No, troppo caro', 'NO'],
  ['it', 'Non approvo', 'unclear'],
  ['it', "Non sono d'accordo", 'unclear'],
  ['it', "Sono d'accordo", 'YES'],
  ['it', 'Sì\n\nLa consegna è prevista per il 15.', 'YES'],
  ['it', 'Buongiorno Marc,\napprovo la richiesta.\nCordiali saluti\nNadia', 'YES'],
  ['it', 'Ci penso', 'unclear'],
  ['nl', 'Ja', 'YES'],
  ['nl', 'Akkoord', 'YES'],
  ['nl', 'Niet akkoord', 'unclear'],
  ['nl', 'Ja, als het onder de 500 blijft', 'unclear'],
  ['nl', 'Ja\n\nals het onder de 500 blijft', 'unclear'],
  ['nl', 'Goedgekeurd, bedankt', 'YES'],
  ['nl', 'Nee, te duur', 'NO'],
  ['nl', 'Ik kijk er morgen naar', 'unclear'],
  ['nl', 'Ja\n\nLevering graag voor vrijdag.', 'YES'],
  ['pt', 'Sim', 'YES'],
  ['pt', 'Aprovado', 'YES'],
  ['pt', 'Não aprovado', 'unclear'],
  ['pt', 'Sim, mas só dez', 'unclear'],
  ['pt', 'Sim, se for até 500', 'unclear'],
  ['pt', 'Não', 'NO'],
  ['pt', 'Não concordo', 'unclear'],
  ['pt', 'Aprovo o pedido. Obrigado!', 'YES'],
  ['pt', 'Vou verificar amanhã', 'unclear'],
  ['pt', 'Sim\n\nEntrega na sexta-feira.', 'YES'],
  ['pt', 'Bom dia,\n\nAprovado.\n\nAtenciosamente,\nNadia Roy', 'YES'],
  ['pl', 'Tak', 'YES'],
  ['pl', 'Zatwierdzam', 'YES'],
  ['pl', 'Nie zatwierdzam', 'unclear'],
  ['pl', 'Nie', 'NO'],
  ['pl', 'Tak, ale tylko dziesięć', 'unclear'],
  ['pl', 'Tak, jeśli cena spadnie', 'unclear'],
  ['pl', 'Zgoda', 'YES'],
  ['pl', 'Nie zgadzam się', 'unclear'],
  ['pl', 'Sprawdzę jutro', 'unclear'],
  ['pl', 'Tak\n\nProszę dostarczyć do piątku.', 'YES'],
  ['pl', 'Dzień dobry,\n\nzatwierdzam.\n\nPozdrawiam\nNadia', 'YES'],
  ['pl', 'Nie, za drogo', 'NO'],
  ['fr', 'Oui', 'YES'],
  ['en', 'Yes\n\nPlease order the one at Dell.', 'YES'],
  ['en', 'Yes\n\nso it arrives on Monday', 'YES'],
  ['en', 'No, we do not have the budget', 'NO'],
])('%s %j: %s', (locale, text, result) => {
  const reading = read(text, locale, keywords[locale])
  if (result === 'unclear') expect(reading).not.toMatch(/YES|NO/)
  else expect(reading).toBe(result)
})

/** Beside a no these agree, for all their negation: what the writer means cannot be known. */
test.each([
  ['en', 'No, we do not have any objections'],
  ['en', "No, we don't have a problem with it"],
  ['en', 'No, I do not have concerns'],
  ['en', 'No, not needed to ask me, it is fine'],
  ['fr', 'Non, nous n’avons pas d’objections'],
  ['fr', 'Non, nous n’avons pas de problème avec ça'],
  ['fr', 'Non, pas besoin de me demander, c’est bon'],
  ['de', 'Nein, wir haben keine Einwände'],
  ['de', 'Nein, wir haben kein Problem damit'],
  ['de', 'Nein, wir haben keine Bedenken'],
  ['es', 'No, no tenemos objeciones'],
  ['es', 'No, no tenemos problema'],
  ['es', 'No, no tenemos inconveniente'],
  ['it', 'No, non abbiamo obiezioni'],
  ['it', 'No, non abbiamo problemi'],
  ['nl', 'Nee, we hebben geen bezwaren'],
  ['nl', 'Nee, we hebben geen probleem'],
  ['pt', 'Não, não temos objeções'],
  ['pt', 'Não, não temos problemas'],
  ['pl', 'Nie, nie mamy zastrzeżeń'],
  ['pl', 'Nie, nie mamy uwag'],
  ['pl', 'Nie, nie mamy nic przeciwko'],
  ['en', 'No, it is not necessary to change anything'],
  ['fr', 'Non, nous n’avons pas besoin de plus d’informations'],
  ['de', 'Nein, es ist nicht nötig etwas zu ändern'],
  ['es', 'No, no es necesario cambiar nada'],
])('%s %j decides nothing', (locale, text) => {
  expect(read(text, locale, keywords[locale])).not.toMatch(/YES|NO/)
})
