import { imapAdapter } from './imap-adapter.ts'
import { describeMailbox } from './mailbox-contract.ts'

describeMailbox('IMAP and SMTP of Exchange Online', imapAdapter)
