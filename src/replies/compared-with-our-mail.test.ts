/** What an answer names is compared with what our mail asked for. */
import { describe, expect, test } from 'vitest'
import { asMessage } from '../../test/support/short-replies.ts'
import { readReply } from './read-reply.ts'

const sentText =
  'Elodie Gagnon asks for your approval: 12 laptops, 4,200.00 EUR. Monitors come later: no monitors yet.'
const choices = [
  { result: 'YES', keywords: ['yes', 'oui', 'ja', 'sí'] },
  { result: 'NO', keywords: ['no', 'non', 'nein'] },
]

async function answerTo(sent: string | null, text: string, locale: string): Promise<string | undefined> {
  const { message, context } = await asMessage({ at: 1, meant: '?', text, locale, choices })
  const { answers, confirm } = readReply(message, { ...context, sentText: sent })
  return confirm === null ? answers.Q1 : undefined
}

describe('an answer', () => {
  test.each([
    ['Approved for 4,200 EUR', 'en'],
    ['Approved for €4200.', 'en'],
    ['Approved for 4,200 euros', 'en'],
    ['I approve the purchase of the laptops for 4,200 EUR.', 'en'],
    ['Approved for the 12 laptops', 'en'],
    ['J’approuve cet achat de 4 200 EUR.', 'fr'],
    ['Hiermit genehmige ich die Anschaffung in Höhe von 4.200,00 EUR.', 'de'],
    ['Elodie, yes', 'en'],
    ['Elodie Gagnon, approved', 'en'],
  ])('with the figures and names of our mail is one: %s', async (text, locale) => {
    expect(await answerTo(sentText, text, locale)).toBe('YES')
  })

  test.each([
    ['Approved for 5,200 EUR', 'en'],
    ['Approved for 420 EUR', 'en'],
    ['Approved for 4,200 USD', 'en'],
    ['Approved for $4,200', 'en'],
    ['Approved for 4,200 CHF', 'en'],
    ['Approved for the 10 laptops', 'en'],
    ['Approved for the 12 monitors', 'en'],
    ['Approved up to 4,200 EUR', 'en'],
    ['J’approuve cet achat de 3 200 EUR.', 'fr'],
    ['Monitors, yes', 'en'],
    ['Theoretically, yes', 'en'],
    ['Elodie: yes', 'en'],
  ])('with others is asked back: %s', async (text, locale) => {
    expect(await answerTo(sentText, text, locale)).toBeUndefined()
  })

  test.each([
    ['Aprovadas as férias do João', 'pt'],
    ['Leave approved', 'en'],
    ['Congés approuvés', 'fr'],
    ['Bonjour, congé accordé', 'fr'],
    ['Urlaub genehmigt', 'de'],
    ['Ich genehmige den Urlaubsantrag', 'de'],
    ['Paga la factura', 'es'],
    ['I approve the trip', 'en'],
    ['Leave refused', 'en'],
  ])('that names another kind of request is asked back: %s', async (text, locale) => {
    expect(await answerTo(sentText, text, locale)).toBeUndefined()
  })

  test.each([
    ['Leave approved', 'en', 'Absence of Paul, 3 to 7 May'],
    ['Urlaub genehmigt', 'de', 'Jahresurlaub: Paul Weber, 3.5. bis 7.5.'],
    ['I approve the trip', 'en', 'Déplacement à Lyon le 3 mai'],
    ['Purchase approved', 'en', '12 laptops, 4,200.00 EUR'],
    ['I approve this purchase order', 'en', 'Purchase of 12 laptops'],
    ['Leave approved', 'en', null],
  ])('that names the kind of ours, or none other, is one: %s', async (text, locale, sent) => {
    expect(await answerTo(sent, text, locale)).toBe('YES')
  })

  test('to a purchase in the mail about an absence is asked back', async () => {
    expect(await answerTo('Absence of Paul, 3 to 7 May', 'Purchase approved', 'en')).toBeUndefined()
  })

  test.each([
    ['Ok pour les 12 portables', '12 ordinateurs portables, 4 200,00 EUR', 'YES'],
    ['Ok pour les 12 portables', '12 écrans, 10 ordinateurs portables', undefined],
    ['Ok pour les 12 portables', '12 écrans 10 portables', undefined],
    ['Ok pour les 12 portables', '12 écrans pour les ordinateurs portables', undefined],
  ])('may count what our mail counts by its second word: %s, %s', async (text, sent, said) => {
    expect(await answerTo(sent, text, 'fr')).toBe(said)
  })

  test('whose figures cannot be compared is asked back', async () => {
    expect(await answerTo(null, 'Approved for 4,200 EUR', 'en')).toBeUndefined()
    expect(await answerTo(null, 'Elodie, yes', 'en')).toBeUndefined()
  })
})
