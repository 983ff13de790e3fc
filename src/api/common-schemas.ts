/** Shapes that several routes share. Every text is bounded: the body limit alone would let one field take it all. */
import { z } from 'zod'

export const localText = z.object({ en: z.string(), fr: z.string().optional() }).meta({ id: 'LocalText' })

export const personRef = z
  .object({ id: z.uuid(), address: z.string(), name: z.string() })
  .meta({ id: 'PersonRef' })

export const timestamp = z.iso.datetime().describe('ISO 8601, UTC')

export const address = z.string().trim().min(3).max(254).describe('Mail address')

/** Names of processes, groups and mailboxes as paths and queries carry them. */
export const name = z.string().trim().min(1).max(100)

/** A request's number: PostgreSQL integer. */
export const requestId = z.coerce.number().int().min(1).max(2_147_483_647)

export const byId = z.strictObject({ id: z.uuid() })
