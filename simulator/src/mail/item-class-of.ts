import { fieldValue, readHeaderBlock } from './header-block.ts'

/** The MAPI message class that a delivered message gets from its MIME structure. */
export function itemClassOf(raw: Buffer): string {
  const type = fieldValue(readHeaderBlock(raw).fields, 'Content-Type') ?? ''
  if (/^multipart\/report\b/i.test(type)) {
    if (/report-type="?delivery-status/i.test(type)) return 'REPORT.IPM.Note.NDR'
    if (/report-type="?disposition-notification/i.test(type)) {
      const isUnread = /^Disposition:.*\bdeleted\b/im.test(raw.toString('latin1'))
      return isUnread ? 'REPORT.IPM.Note.IPNNRN' : 'REPORT.IPM.Note.IPNRN'
    }
  }
  return 'IPM.Note'
}
