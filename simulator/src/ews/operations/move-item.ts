import { moveTo } from '../../mail/mailbox.ts'
import { transferItems } from './transfer-items.ts'

/** Items to another folder; each gets a new id: https://learn.microsoft.com/exchange/client-developer/web-service-reference/moveitem-operation */
export const moveItem = transferItems(moveTo)
