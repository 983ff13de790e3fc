import type actions from '../locales/en/actions.json'
import type mail from '../locales/en/mail.json'
import type remoteApproval from '../locales/en/remote-approval.json'
import type requests from '../locales/en/requests.json'
import type sessions from '../locales/en/sessions.json'
import type shell from '../locales/en/shell.json'
import type signIn from '../locales/en/sign-in.json'

// The English catalogue types every key, so that a misspelt one does not compile; a test holds French to the same keys.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    resources: {
      shell: typeof shell
      actions: typeof actions
      mail: typeof mail
      requests: typeof requests
      'remote-approval': typeof remoteApproval
      sessions: typeof sessions
      'sign-in': typeof signIn
    }
  }
}
