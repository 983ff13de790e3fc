/** Shapes that several routes share. Every text is bounded: the body limit alone would let one field take it all. */
import { z } from 'zod'
import { COMMENT_LIMIT } from '../approvals/commands/record-decision.ts'

export const localText = z.object({ en: z.string(), fr: z.string().optional() }).meta({ id: 'LocalText' })

export const personRef = z
  .object({ id: z.uuid(), address: z.string(), name: z.string() })
  .meta({ id: 'PersonRef' })

export const timestamp = z.iso.datetime().describe('ISO 8601, UTC')

export const address = z.string().trim().min(3).max(254).describe('Mail address')

/** What a person says about what they do. */
export const comment = z.string().max(COMMENT_LIMIT).default('')

/** Why an administrator makes a reply count, or not: for the record. */
export const judgementReason = z.string().trim().min(3).max(2_000).describe('For the record')

/** Names of processes, groups and mailboxes as paths and queries carry them. */
export const name = z.string().trim().min(1).max(100)

/** A request's number: PostgreSQL integer. */
export const requestId = z.coerce.number().int().min(1).max(2_147_483_647)

export const byId = z.strictObject({ id: z.uuid() })

/** What a requester has filled in; which fields there are, the process says. */
export const requestValues = z.record(z.string().max(100), z.unknown()).describe('Values by field name')
