import type absence from '../locales/en/absence.json'
import type actions from '../locales/en/actions.json'
import type audit from '../locales/en/audit.json'
import type dashboard from '../locales/en/dashboard.json'
import type mail from '../locales/en/mail.json'
import type newRequest from '../locales/en/new-request.json'
import type people from '../locales/en/people.json'
import type processes from '../locales/en/processes.json'
import type reading from '../locales/en/reading.json'
import type remoteApproval from '../locales/en/remote-approval.json'
import type requests from '../locales/en/requests.json'
import type sessions from '../locales/en/sessions.json'
import type settings from '../locales/en/settings.json'
import type setupGuide from '../locales/en/setup-guide.json'
import type shell from '../locales/en/shell.json'
import type signIn from '../locales/en/sign-in.json'

// The English catalogue types every key, so that a misspelt one does not compile; a test holds French to the same keys.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    resources: {
      shell: typeof shell
      absence: typeof absence
      actions: typeof actions
      audit: typeof audit
      dashboard: typeof dashboard
      mail: typeof mail
      people: typeof people
      processes: typeof processes
      reading: typeof reading
      'new-request': typeof newRequest
      requests: typeof requests
      'remote-approval': typeof remoteApproval
      sessions: typeof sessions
      'setup-guide': typeof setupGuide
      settings: typeof settings
      'sign-in': typeof signIn
    }
  }
}
