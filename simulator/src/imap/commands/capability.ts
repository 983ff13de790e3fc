import { type Command, completed } from '../command.ts'

// Word for word what outlook.office365.com says, before and after the login; the plain port offers STARTTLS as well.
const BEFORE =
  'IMAP4 IMAP4rev1 AUTH=XOAUTH2 LOGINDISABLED SASL-IR UIDPLUS ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+'
const AFTER =
  'IMAP4 IMAP4rev1 AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CLIENTACCESSRULES CLIENTNETWORKPRESENCELOCATION BACKENDAUTHENTICATE CHILDREN IDLE NAMESPACE LITERAL+'

export const capability: Command = {
  needs: 'nothing',
  run({ session, answer }) {
    const isPlain = !session.connection.isSecure()
    answer.untagged(`CAPABILITY ${session.mailbox ? AFTER : isPlain ? `${BEFORE} STARTTLS` : BEFORE}`)
    return completed('CAPABILITY')
  },
}
