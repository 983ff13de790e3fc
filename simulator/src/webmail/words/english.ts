import type { ReplyStyleName } from '../mail/compose-reply.ts'

/** Exchange's folder names as people see them; other folders keep their own name. */
const folders: Record<string, string> = {
  Inbox: 'Inbox',
  Drafts: 'Drafts',
  'Sent Items': 'Sent Items',
  'Deleted Items': 'Deleted Items',
  'Junk Email': 'Junk Email',
  Archive: 'Archive',
  Outbox: 'Outbox',
}

const replyStyles: Record<ReplyStyleName, string> = {
  outlook: 'Outlook',
  gmail: 'Gmail',
  apple: 'Mail on an iPhone',
  plain: 'Plain text client',
}

/** Every word of the pages. The French catalogue has the same shape, so a missing entry does not compile. */
export const english = {
  product: 'Webmail',
  simulator: 'Simulator',
  title: 'Simulated mailboxes',
  welcome: 'Play anyone in this small company',
  introduction:
    'This webmail belongs to a simulator of Exchange Online: these people do not exist and nothing leaves this machine. ' +
    'Open a mailbox, answer an approval by a reply or by the buttons in the mail, and watch the request move.',
  mailboxes: 'Mailboxes',
  noMailboxes: 'There is no mailbox yet. Create one with POST /_sim/mailboxes.',
  unread: (count: number) => (count === 0 ? 'No unread mail' : `${count} unread`),
  unreadMark: 'Unread',
  otherLanguage: { code: 'fr', name: 'Français' },
  switchMailbox: 'Switch mailbox',
  foldersLabel: 'Folders',
  folders,
  skip: 'Skip to the content',
  newMessage: 'New message',
  messagesLabel: 'Messages',
  emptyFolder: 'Nothing here yet.',
  olderHidden: (count: number) => `${count} older messages are not shown.`,
  pickMessage: 'Pick a message to read it.',
  back: 'Back to the list',
  noSubject: '(no subject)',
  toLine: (names: string) => `To: ${names}`,
  from: 'From',
  to: 'To',
  cc: 'Cc',
  subject: 'Subject',
  message: 'Message',
  date: 'Date',
  reply: 'Reply',
  viewSource: 'View source',
  attachments: 'Attachments',
  unnamedAttachment: (index: number) => `attachment-${index + 1}`,
  mailBody: 'Text of the message',
  emptyBody: 'This message has no text.',
  unreadable: 'This message cannot be read as mail. Its source is stored unchanged.',
  replyTitle: 'Reply',
  answerAs: 'Answer as',
  answerAsHint: 'The quote and the signature are written the way this client does it.',
  replyStyles,
  yourAnswer: 'Your answer',
  send: 'Send',
  sendKeys: 'Ctrl + Enter sends',
  discard: 'Discard',
  sent: 'Your message has been sent.',
  noRecipient: 'Give at least one address in “To”.',
  refused: (reason: string) => `The server refused the message: ${reason}`,
  notFoundTitle: 'Not found',
  notFound: 'This page or message is not here (any more).',
  foreignFormTitle: 'Not sent',
  foreignForm: 'This form did not come from this webmail, so nothing was sent.',
  tooLargeTitle: 'Too large',
  tooLarge: 'A message written here may have at most 1 MB. Nothing was sent.',
  toStart: 'All mailboxes',
}

export type Words = typeof english
