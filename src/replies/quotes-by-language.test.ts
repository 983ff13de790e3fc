import { expect, test } from 'vitest'
import { labelQuote } from './regions/label-quote.ts'
import { splitLines } from './text-lines.ts'

function keptOf(text: string): string {
  const lines = splitLines(text)
  labelQuote(lines, null)
  return lines
    .filter((line) => line.label === null)
    .map((line) => line.text)
    .join('\n')
    .trim()
}

/** As Gmail writes them; Hebrew with its direction marks, Russian, Japanese and Korean with hardly a verb. */
const attributions: Record<string, string> = {
  en: 'On Tue, Nov 24, 2026 at 9:31 AM Nadia Roy <nadia@contoso.example> wrote:',
  fr: 'Le mar. 24 nov. 2026 à 09:31, Nadia Roy <nadia@contoso.example> a écrit :',
  de: 'Am Di., 24. Nov. 2026 um 09:31 Uhr schrieb Nadia Roy <nadia@contoso.example>:',
  es: 'El mar, 24 nov 2026 a las 9:31, Nadia Roy (<nadia@contoso.example>) escribió:',
  it: 'Il giorno mar 24 nov 2026 alle ore 09:31 Nadia Roy <nadia@contoso.example> ha scritto:',
  nl: 'Op di 24 nov 2026 om 09:31 schreef Nadia Roy <nadia@contoso.example>:',
  pt: 'Em ter., 24 de nov. de 2026 às 09:31, Nadia Roy <nadia@contoso.example> escreveu:',
  pl: 'wt., 24 lis 2026 o 09:31 Nadia Roy <nadia@contoso.example> napisał(a):',
  sv: 'Den tis 24 nov. 2026 kl 09:31 skrev Nadia Roy <nadia@contoso.example>:',
  da: 'Den tirs. 24. nov. 2026 kl. 09.31 skrev Nadia Roy <nadia@contoso.example>:',
  nb: 'tir. 24. nov. 2026 kl. 09:31 skrev Nadia Roy <nadia@contoso.example>:',
  fi: 'ti 24. marrask. 2026 klo 9.31 Nadia Roy (<nadia@contoso.example>) kirjoitti:',
  cs: 'út 24. 11. 2026 v 9:31 odesílatel Nadia Roy <nadia@contoso.example> napsal:',
  sk: 'ut 24. 11. 2026 o 9:31 Nadia Roy <nadia@contoso.example> napísal(a):',
  tr: 'Nadia Roy <nadia@contoso.example>, 24 Kas 2026 Sal, 09:31 tarihinde şunu yazdı:',
  ru: 'вт, 24 нояб. 2026 г. в 09:31, Nadia Roy <nadia@contoso.example>:',
  uk: 'вт, 24 лист. 2026 р. о 09:31 Nadia Roy <nadia@contoso.example> пише:',
  bg: 'На вт, 24.11.2026 г. в 9:31 Nadia Roy <nadia@contoso.example> написа:',
  el: 'Στις Τρί 24 Νοε 2026 στις 9:31 π.μ., ο/η Nadia Roy <nadia@contoso.example> έγραψε:',
  hu: 'Nadia Roy <nadia@contoso.example> ezt írta (időpont: 2026. nov. 24., K, 9:31):',
  ro: 'În mar., 24 nov. 2026 la 09:31, Nadia Roy <nadia@contoso.example> a scris:',
  hr: 'uto, 24. stu 2026. u 09:31 Nadia Roy <nadia@contoso.example> napisao je:',
  ca: 'Missatge de Nadia Roy <nadia@contoso.example> del dia dt., 24 de nov. 2026 a les 9:31:',
  vi: 'Vào Th 3, 24 thg 11, 2026 vào lúc 09:31 Nadia Roy <nadia@contoso.example> đã viết:',
  id: 'Pada Sel, 24 Nov 2026 pukul 09.31 Nadia Roy <nadia@contoso.example> menulis:',
  he: '‫בתאריך יום ג׳, 24 בנוב׳ 2026 ב-9:31 מאת ‪Nadia Roy‬‏ <‪nadia@contoso.example‬‏>:‬',
  ar: 'في الثلاثاء، 24 نوفمبر 2026 في 9:31 ص تمت كتابة ما يلي بواسطة Nadia Roy <nadia@contoso.example>:',
  ja: '2026年11月24日(火) 9:31 Nadia Roy <nadia@contoso.example>:',
  zh: 'Nadia Roy <nadia@contoso.example> 于2026年11月24日周二 09:31写道：',
  ko: '2026년 11월 24일 (화) 오전 9:31, Nadia Roy <nadia@contoso.example>님이 작성:',
}

test.each(Object.entries(attributions))('an attribution, whole and wrapped: %s', (_, line) => {
  expect(keptOf(`OK\n\n${line}\n\nyes`)).toBe('OK')
  const at = line.lastIndexOf(' ', line.indexOf('nadia@') + 5)
  expect(keptOf(`OK\n\n${line.slice(0, at)}\n${line.slice(at + 1)}\nyes`)).toBe('OK')
})

/** As Thunderbird and Apple Mail write them, without an address. */
test.each([
  'On 24/11/2026 09:31, Nadia Roy wrote:',
  'Le 24/11/2026 à 09:31, Nadia Roy a écrit :',
  'Am 24.11.26 um 09:31 schrieb Nadia Roy:',
  'El 24/11/2026 a las 9:31, Nadia Roy escribió:',
  'Il 24/11/2026 09:31, Nadia Roy ha scritto:',
  'Op 24-11-2026 om 09:31 schreef Nadia Roy:',
  'Em 24/11/2026 09:31, Nadia Roy escreveu:',
  'W dniu 24.11.2026 o 09:31, Nadia Roy pisze:',
  'Den 2026-11-24 kl. 09:31, skrev Nadia Roy:',
  'Den 24.11.2026 kl. 09.31 skrev Nadia Roy:',
  '24.11.2026 9.31, Nadia Roy kirjoitti:',
  'Dne 24. 11. 26 v 9:31 Nadia Roy napsal(a):',
  '24.11.2026 09:31, Nadia Roy пишет:',
  'Στις 24/11/26 9:31 π.μ., ο/η Nadia Roy έγραψε:',
])('%s', (line) => {
  expect(keptOf(`OK\n\n${line}\n\nyes`)).toBe('OK')
})

/** From, sent, to and subject as Outlook labels them. */
const headerBlocks: Record<string, [string, string, string, string]> = {
  en: ['From', 'Sent', 'To', 'Subject'],
  fr: ['De', 'Envoyé', 'À', 'Objet'],
  de: ['Von', 'Gesendet', 'An', 'Betreff'],
  es: ['De', 'Enviado', 'Para', 'Asunto'],
  it: ['Da', 'Inviato', 'A', 'Oggetto'],
  nl: ['Van', 'Verzonden', 'Aan', 'Onderwerp'],
  pt: ['De', 'Enviado', 'Para', 'Assunto'],
  pl: ['Od', 'Wysłane', 'Do', 'Temat'],
  sv: ['Från', 'Skickat', 'Till', 'Ämne'],
  da: ['Fra', 'Sendt', 'Til', 'Emne'],
  nb: ['Fra', 'Sendt', 'Til', 'Emne'],
  fi: ['Lähettäjä', 'Lähetetty', 'Vastaanottaja', 'Aihe'],
  cs: ['Od', 'Odesláno', 'Komu', 'Předmět'],
  sk: ['Od', 'Odoslané', 'Komu', 'Predmet'],
  tr: ['Kimden', 'Gönderme Tarihi', 'Kime', 'Konu'],
  ru: ['От', 'Отправлено', 'Кому', 'Тема'],
  uk: ['Від', 'Надіслано', 'Кому', 'Тема'],
  bg: ['От', 'Изпратено', 'До', 'Относно'],
  el: ['Από', 'Στάλθηκε', 'Προς', 'Θέμα'],
  hu: ['Feladó', 'Elküldve', 'Címzett', 'Tárgy'],
  ro: ['De la', 'Trimis', 'Către', 'Subiect'],
  hr: ['Šalje', 'Poslano', 'Prima', 'Predmet'],
  ca: ['De', 'Enviat', 'Per a', 'Assumpte'],
  vi: ['Từ', 'Đã gửi', 'Đến', 'Chủ đề'],
  id: ['Dari', 'Dikirim', 'Kepada', 'Subjek'],
  he: ['מאת', 'נשלח', 'אל', 'נושא'],
  ar: ['من', 'تاريخ الإرسال', 'إلى', 'الموضوع'],
  ja: ['差出人', '送信日時', '宛先', '件名'],
  zh: ['发件人', '发送时间', '收件人', '主题'],
  'zh-Hant': ['寄件者', '寄件日期', '收件者', '主旨'],
  ko: ['보낸 사람', '보낸 날짜', '받는 사람', '제목'],
}

test.each(Object.entries(headerBlocks))('a header block: %s', (_, [from, sent, to, subject]) => {
  const block = [
    `${from}: Nadia Roy <nadia@contoso.example>`,
    `${sent}: 24.11.2026 09:31`,
    `${to}: Marc`,
    `${subject}: RE`,
  ]
  expect(keptOf(`OK\n\n${block.join('\n')}\n\nyes`)).toBe('OK')
  expect(
    keptOf(`OK\n\n________________________________\n*${block.join('\n*').replaceAll(':', ':*')}\n\nyes`),
  ).toBe('OK')
})

test.each([
  '-----Ursprüngliche Nachricht-----',
  '---------- Forwarded message ---------',
  '-----Mensaje original-----',
  '-----Messaggio originale-----',
  '-----Oorspronkelijk bericht-----',
  '-----Mensagem original-----',
  '-----Wiadomość oryginalna-----',
  '-----Ursprungligt meddelande-----',
  '-----Oprindelig meddelelse-----',
  '-----Opprinnelig melding-----',
  '-----Alkuperäinen viesti-----',
  '-----Původní zpráva-----',
  '-----Исходное сообщение-----',
  '-----Оригінальне повідомлення-----',
  '-----Αρχικό μήνυμα-----',
  '-----Orijinal Mesaj-----',
  '-----הודעה מקורית-----',
  '-----الرسالة الأصلية-----',
  '-----元のメッセージ-----',
  '-----原始邮件-----',
  '-----원본 메시지-----',
])('%s', (line) => {
  expect(keptOf(`OK\n\n${line}\nyes`)).toBe('OK')
})

test.each([
  'Am Montag schrieb ich Ihnen, dass 3 fehlen:\nzwei rote, eine blaue',
  'Op maandag schreef ik dat er 3 ontbreken:\ntwee rode',
  'El lunes escribió Marc lo siguiente:\nfaltan tres',
  'Please deliver to these 2 addresses:\n- Lyon\n- Paris',
])('prose is no attribution: %j', (text) => {
  expect(keptOf(text)).toBe(text)
})
