/** The code of a mail that was given up because the mailbox cannot tell whether it went out. */
export const OUTCOME_UNKNOWN = 'outcome-unknown'
