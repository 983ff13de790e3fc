import type { DemoType } from './set-up.ts'

/** What the demo says, in English and in French (LANG or LC_ALL beginning with `fr`). */

const en = {
  usage: (types: string) => `npm run demo -- [options]

Starts a small Exchange Online and the server, files two requests and lets you answer them by e-mail.
Everything runs on this machine, on free ports, and is removed at the end.

  --auto       answers the mail itself, and prints one line of JSON last
  --type TYPE  how the mailbox is reached: ${types}
  --help       shows this

In French with LANG=fr_FR.UTF-8.`,
  wrongCall: (reason: string) => `${reason}\n\`npm run demo -- --help\` says what may be given.`,
  unknownType: (type: string, types: string) => `There is no type ${type}. Give one of: ${types}`,
  title: 'Countersign demo: an approval answered by e-mail. Nothing leaves this machine.',
  simulator: (url: string) => `A small Exchange Online with webmail:  ${url}`,
  server: (url: string) => `The server, on an embedded database:   ${url}`,
  mailbox: (address: string, type: DemoType) =>
    ({
      'exchange-online-ews': `Mailbox ${address}: Exchange Online - Modern authentication, as the WorkflowGen guide has it`,
      'exchange-online-graph': `Mailbox ${address}: Exchange Online (Graph)`,
      'exchange-server-ews': `Mailbox ${address}: Exchange Server, by password`,
    })[type],
  note: (text: string) => `  ${text}`,
  administrator: 'administrator',
  accounts: (url: string, people: string[], password: string) => [
    `The pages: ${url}/sign-in`,
    ...people.map((person) => `  ${person}`),
    `each with the password of this run:  ${password}`,
    '',
  ],
  people: (people: number, processes: string) => `${people} people and the processes ${processes} imported`,
  filed: (id: number, title: string, by: string) => `Request #${id} "${title}" filed for ${by}`,
  sent: (to: string) => `approval e-mail sent to ${to}`,
  yourTurn: (name: string, url: string) => [
    `Now you are ${name}, with a phone in a corridor. Open`,
    '',
    `    ${url}`,
    '',
    'open the mail of the purchase, press one of its buttons or simply reply OUI or YES, and send. Or try to',
    'confuse it: "oui mais pas plus de 500", "not approved", a question. Or ask it: AIDE, STATUT, DÉLÉGUER À Thomas.',
    'The other mail asks several questions: answer all of them, or a part. Ctrl+C ends the demo and removes its data.',
  ],
  playing: (name: string) => `${name} answers OUI from a phone`,
  events: {
    'action-decided': 'decided',
    'action-opened': 'asked',
    'answer-kept': 'a part understood and kept, the rest is asked for',
    'action-commented': 'commented, nothing decided',
    'action-delegated': 'handed on to somebody else',
    'reply-held': 'reply kept without acting on it',
    'automatic-reply': 'automatic reply noted',
    'mail-undelivered': 'mail came back undeliverable',
    'assignment-failed': 'nobody could be asked',
    'request-completed': 'request completed',
    'request-cancelled': 'request cancelled',
  } as Record<string, string>,
  decided: (name: string, answer: string, comment: string) =>
    `${name} decided: ${answer}${comment ? ` ("${comment}")` : ''}, read from the e-mail`,
  asked: (names: string) => `asked next: ${names}`,
  askedBack: (to: string) =>
    `answered by e-mail to ${to}: what is unclear, lacks or can be done; nothing decided`,
  moved: (url: string) => `The request moved on. Its next approver's mailbox: ${url}`,
  done: (id: number, ending: string) =>
    `Request #${id} closed: ${ending}. The requester has been told by e-mail.`,
  stopped: 'Demo ended, its data is removed.',
  failed: (reason: string) => `The demo failed: ${reason}`,
}

const fr: typeof en = {
  usage: (types) => `npm run demo -- [options]

Démarre un petit Exchange Online et le serveur, dépose deux demandes et vous laisse y répondre par e-mail.
Tout se passe sur cette machine, sur des ports libres, et est effacé à la fin.

  --auto       répond lui-même au message, et termine par une ligne de JSON
  --type TYPE  comment la boîte est jointe : ${types}
  --help       affiche cette aide`,
  wrongCall: (reason) => `${reason}\n« npm run demo -- --help » montre ce qui est possible.`,
  unknownType: (type, types) => `Le type ${type} n’existe pas. Indiquez l’un de ceux-ci : ${types}`,
  title: 'Démonstration de Countersign : une approbation par e-mail. Rien ne quitte cette machine.',
  simulator: (url) => `Un petit Exchange Online avec webmail :  ${url}`,
  server: (url) => `Le serveur, avec sa base embarquée :     ${url}`,
  mailbox: (address, type) =>
    ({
      'exchange-online-ews': `Boîte ${address} : Exchange Online - Authentification moderne, comme dans le guide de WorkflowGen`,
      'exchange-online-graph': `Boîte ${address} : Exchange Online (Graph)`,
      'exchange-server-ews': `Boîte ${address} : serveur Exchange, par mot de passe`,
    })[type],
  note: (text) => `  ${text}`,
  administrator: 'administrateur',
  accounts: (url, people, password) => [
    `Les pages : ${url}/sign-in`,
    ...people.map((person) => `  ${person}`),
    `tous avec le mot de passe de cette démonstration :  ${password}`,
    '',
  ],
  people: (people, processes) => `${people} personnes et les processus ${processes} importés`,
  filed: (id, title, by) => `Demande nº ${id} « ${title} » déposée pour ${by}`,
  sent: (to) => `e-mail d’approbation envoyé à ${to}`,
  yourTurn: (name, url) => [
    `Vous êtes maintenant ${name}, un téléphone à la main dans un couloir. Ouvrez`,
    '',
    `    ${url}`,
    '',
    'ouvrez le message de l’achat, appuyez sur l’un de ses boutons ou répondez simplement OUI, et envoyez. Ou essayez',
    'de semer le doute : « oui mais pas plus de 500 », « pas d’accord ? », une question. Ou demandez-lui : AIDE,',
    'STATUT, DÉLÉGUER À Thomas. L’autre message pose plusieurs questions : répondez à toutes, ou à une partie.',
    'Ctrl+C termine la démonstration et efface ses données.',
  ],
  playing: (name) => `${name} répond OUI depuis un téléphone`,
  events: {
    'action-decided': 'décision prise',
    'action-opened': 'approbation demandée',
    'answer-kept': 'une partie comprise et gardée, le reste est demandé',
    'action-commented': 'commentaire noté, rien n’est décidé',
    'action-delegated': 'transmise à une autre personne',
    'reply-held': 'réponse gardée sans suite',
    'automatic-reply': 'réponse automatique notée',
    'mail-undelivered': 'message revenu : adresse injoignable',
    'assignment-failed': 'personne à qui demander',
    'request-completed': 'demande terminée',
    'request-cancelled': 'demande annulée',
  },
  decided: (name, answer, comment) =>
    `${name} a décidé : ${answer}${comment ? ` (« ${comment} »)` : ''}, lu dans son e-mail`,
  asked: (names) => `à présent : ${names}`,
  askedBack: (to) =>
    `réponse envoyée à ${to} : ce qui n’est pas clair, ce qui manque ou ce qui est possible ; rien n’est décidé`,
  moved: (url) => `La demande a avancé. Boîte de l’approbateur suivant : ${url}`,
  done: (id, ending) => `Demande nº ${id} close : ${ending}. Le demandeur en est informé par e-mail.`,
  stopped: 'Démonstration terminée, ses données sont effacées.',
  failed: (reason) => `La démonstration a échoué : ${reason}`,
}

export const texts = /^fr/i.test(process.env.LC_ALL || process.env.LANG || '') ? fr : en
export const locale = texts === fr ? 'fr' : 'en'
