// Who may import whom (docs/ARCHITECTURE.md). One rule a room: `room` may reach itself, npm packages and what it lists.
const room = (name, path, allowed) => ({
  name,
  severity: 'error',
  comment: `${path} may import only: ${allowed.length > 0 ? allowed.join(', ') : 'nothing of ours'}`,
  from: { path: `^${path}`, pathNot: '\\.test\\.ts$' },
  to: {
    path: '^(src|simulator|web|test|bench|scripts)/',
    pathNot: [`^${path}`, ...allowed.map((to) => `^${to}`)],
  },
})

const lib = 'src/lib/'
const model = 'src/approvals/model/'
const message = 'src/mail/message\\.ts$'
const port = 'src/mail/[a-z-]+\\.ts$'
const store = 'src/store/'
const people = 'src/people/'
const outbox = 'src/outbound/(outbox|report-undelivered)\\.ts$'
const load = 'src/approvals/load-(action|files)\\.ts$'
const commands = 'src/approvals/commands/'
const mailboxes = 'src/mailboxes/'
const oauth = 'src/oauth/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    room('lib', 'src/lib/', []),
    room('model', 'src/approvals/model/', [lib, message]),
    room('replies', 'src/replies/', [lib, message]),
    room('trust', 'src/trust/', [lib, message]),
    room('mail-port', 'src/mail/[a-z-]+\\.ts$', [lib, 'src/mail/mime/']),
    room('mime', 'src/mail/mime/', [lib, message]),
    room('authenticate', 'src/mail/authenticate/', [lib, port, 'src/trust/verdict\\.ts$']),
    room('ews', 'src/mail/ews/', [lib, port, oauth]),
    room('graph', 'src/mail/graph/', [lib, port, oauth]),
    room('imap', 'src/mail/imap/', [lib, port, oauth]),
    room('oauth', 'src/oauth/', [lib, port]),
    // Types of what the rows hold, and the keys; nothing that acts.
    room('store', 'src/store/', [lib, model, 'src/replies/reading\\.ts$', 'src/trust/verdict\\.ts$']),
    room('people', 'src/people/', [lib, store]),
    room('load', load, [lib, store, model]),
    room('commands', 'src/approvals/commands/', [lib, store, people, model, outbox, load]),
    // Whether a lost mail is to be told of depends on whether its answer is still awaited.
    room('outbox', outbox, [outbox, lib, store, 'src/outbound/is-still-wanted\\.ts$']),
    room('compose', 'src/outbound/compose/', [
      lib,
      model,
      port,
      'src/replies/(reading|regions/marker)\\.ts$',
    ]),
    room('outbound', 'src/outbound/[a-z-]+\\.ts$', [
      'src/outbound/',
      'src/replies/reading\\.ts$',
      lib,
      store,
      people,
      model,
      port,
      load,
    ]),
    // Whoever takes a mailbox up again has to have it asked for what waits.
    room('mailboxes', 'src/mailboxes/', [
      lib,
      store,
      people,
      port,
      oauth,
      'src/outbound/ask-whether-sent\\.ts$',
    ]),
    room('inbound', 'src/inbound/', [
      lib,
      store,
      people,
      model,
      commands,
      load,
      outbox,
      port,
      'src/mail/authenticate/',
      'src/replies/',
      'src/trust/',
    ]),
    room('jobs', 'src/jobs/', [
      lib,
      store,
      people,
      port,
      'src/inbound/',
      'src/outbound/',
      mailboxes,
      commands,
    ]),
    room('api', 'src/api/', [
      lib,
      store,
      people,
      model,
      commands,
      load,
      port,
      'src/inbound/(inspect|try-message|try-reply|run-again|settle-held|answer-by-hand|replay/[a-z-]+|in-words/[a-z-]+|footers/switch-footer)\\.ts$',
      'src/replies/reading\\.ts$',
      'src/outbound/[a-z-]+\\.ts$',
      mailboxes,
    ]),
    room('cli', 'src/cli/', [
      lib,
      model,
      'src/config/',
      'src/api/',
      'src/inbound/',
      store,
      people,
      'src/replies/reading\\.ts$',
      'src/app\\.ts$',
    ]),
    room('metrics', 'src/metrics/', [lib, store, mailboxes, 'src/outbound/expected-times\\.ts$']),
    room('config', 'src/config/', [lib]),
    room('pages', 'src/pages/', [lib]),
    // The pages know the API by what is generated from its OpenAPI document, and nothing else of us.
    room('web', 'web/', []),
    room('simulator', 'simulator/', []),
    {
      name: 'only-app-constructs-adapters',
      severity: 'error',
      comment: 'open-adapter.ts is the only place that knows which adapters there are',
      from: { path: '^src/', pathNot: ['^src/open-adapter\\.ts$', '^src/mail/', '\\.test\\.ts$'] },
      to: { path: '^src/mail/(ews|graph|imap)/' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: { path: '^(src|simulator|web)/' },
      to: { circular: true },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'declared-dependencies',
      severity: 'error',
      from: { path: '^(src|simulator/src|web/src)/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
}
