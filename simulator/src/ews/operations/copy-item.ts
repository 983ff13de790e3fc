import { copyTo } from '../../mail/mailbox.ts'
import { transferItems } from './transfer-items.ts'

/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/copyitem-operation */
export const copyItem = transferItems(copyTo)
