import type { components, operations } from '../../api/schema.ts'

type GuideQuery = operations['getSetupGuide']['parameters']['query']

/** Types of mailbox that an application of Entra opens: what the guide is about. */
export type GuideType = GuideQuery['type']

export const guideTypes: GuideType[] = ['exchange-online-graph', 'exchange-online-ews', 'imap-smtp']

/** The steps in their order; the first five are those of the WorkflowGen guide, by whose numbers errors name them. */
export const steps = [
  'register',
  'permission',
  'consent',
  'credential',
  'branding',
  'enter',
  'limit',
  'test',
] as const
export type Step = (typeof steps)[number]

/** Where somebody is in the guide and what they have told it; all of it stands in the address, and no secret does. */
export interface Place {
  /** 1 to 8; the first, when left out. */
  step?: number
  /** The stored mailbox that it is about. Without one, it is about a new one with what follows. */
  mailbox?: string
  type?: GuideType
  clientId?: string
  tenant?: string
  address?: string
  objectId?: string
  probe?: string
}

/** The place in an address, without what cannot be. */
export function placeIn(search: Record<string, unknown>): Place {
  const step = Number(search.step)
  const wanted = {
    step: Number.isInteger(step) && step >= 1 && step <= steps.length ? step : undefined,
    mailbox: textOf(search.mailbox, /^[a-z0-9][a-z0-9-]{0,29}$/),
    type: guideTypes.find((one) => one === search.type),
    clientId: textOf(search.clientId, /^.{1,200}$/),
    tenant: textOf(search.tenant, /^[\w.-]{1,253}$/),
    address: textOf(search.address, /^.{3,254}$/),
    objectId: textOf(search.objectId, /^.{1,100}$/),
    probe: textOf(search.probe, /^.{3,254}$/),
  }
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
}

function textOf(value: unknown, pattern: RegExp): string | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  return pattern.test(text) ? text : undefined
}

/** The place of a stored mailbox or of a new one, at another step. */
export const atStep = (place: Place, step: number): Place => ({ ...place, step })

export type SetupGuide = components['schemas']['SetupGuide']
export type { GuideQuery }
