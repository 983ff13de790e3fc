/** Why an action is not handed on as a reply asks for: a text each in the catalogue. */
export type DelegationRefusal =
  /** Nobody is named. */
  | 'no-name'
  /** Nobody whom the step lets be asked is called so. */
  | 'unknown'
  /** The name means several people. */
  | 'several'
  | 'yourself'
  /** Nobody decides their own request. */
  | 'requester'
  | 'already-asked'
  /** The step lets nobody be asked in the place of an assignee. */
  | 'not-allowed'
  | 'too-often'
