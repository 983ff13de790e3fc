import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import { applicationOf } from '../remote-approval/application-of.ts'
import type { Mailbox } from '../remote-approval/mailboxes.ts'
import type { GuideQuery, Place } from './place.ts'

/** What is set up, as far as it is known: a stored mailbox's settings, or what was typed. */
export interface Subject extends GuideQuery {
  /** Null for a new one. */
  stored: Mailbox | null
}

/** Null for a mailbox that no application opens. */
export function subjectOf(place: Place, stored: Mailbox | null): Subject | null {
  const { objectId, probe } = place
  const typed = { ...(objectId && { objectId }), ...(probe && { probe }) }
  if (stored === null) {
    const { type = 'exchange-online-graph', clientId, tenant, address } = place
    return {
      ...typed,
      type,
      ...(clientId && { clientId }),
      ...(tenant && { tenant }),
      ...(address && { address }),
      stored,
    }
  }
  const { settings } = stored
  const application = applicationOf(settings)
  if (application === null || settings.type === 'exchange-server-ews') return null
  return {
    ...(settings.probeAddress && { probe: settings.probeAddress }),
    ...typed,
    type: settings.type,
    ...(settings.cloud && { cloud: settings.cloud }),
    clientId: application.clientId,
    tokenEndpoint: application.tokenEndpoint,
    address: settings.user,
    stored,
  }
}

/** Permissions, values and commands for it, in the language of the page. */
export const guideFor = ({ stored: _, ...query }: Subject, language: string) =>
  queryOptions({
    queryKey: ['setup-guide', query, language],
    queryFn: () => answerOf(api.GET('/api/setup-guide', { params: { query } })),
    // It depends on nothing but what was asked.
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
