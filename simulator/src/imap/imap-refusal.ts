/** A command that is refused: `NO` for one that cannot be done, `BAD` for one that makes no sense. */
export class ImapRefusal extends Error {
  readonly status: 'NO' | 'BAD'
  constructor(status: 'NO' | 'BAD', text: string) {
    super(text)
    this.status = status
  }
}

/** Exchange's word for arguments it cannot read. */
export const badArguments = () => new ImapRefusal('BAD', 'Command Argument Error. 11')
