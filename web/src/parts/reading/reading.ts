import type { components } from '../../api/schema.ts'

type Schemas = components['schemas']
export type Reading = Schemas['ReplyReading']
/** What its names mean, in the reader's language. */
export type ReadingWords = Schemas['ReadingWords']
