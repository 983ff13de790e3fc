import { MailRefused } from './mail-refused.ts'

/** A mailbox beyond its quota takes and sends nothing; what is in it may be moved and deleted. @throws MailRefused */
export function checkQuota({ isFull }: { isFull: boolean }): void {
  if (isFull) throw new MailRefused('ErrorQuotaExceeded', 'The mailbox is full.')
}
