/** The form in which the people of an organisation are imported, as YAML or JSON. */
import { z } from 'zod'
import { addressFormat, lineFormat } from './format-parts.ts'

const personFormat = z.strictObject({
  address: addressFormat,
  name: lineFormat(100),
  locale: z.enum(['en', 'fr']).default('en'),
  manager: addressFormat.optional(),
  aliases: z.array(addressFormat).max(50).default([]),
  role: z.enum(['member', 'auditor', 'administrator']).default('member'),
  /** `false` for somebody who has left: asked nothing any more, and no token or reply of theirs counts. */
  active: z.boolean().default(true),
})

const groupFormat = z.strictObject({
  name: lineFormat(100),
  members: z.array(addressFormat).max(5_000),
})

export const peopleFormat = z.strictObject({
  people: z.array(personFormat).max(20_000),
  groups: z.array(groupFormat).max(1_000).default([]),
})

export type PeopleFormat = z.infer<typeof peopleFormat>
