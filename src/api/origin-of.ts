import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Origin } from '../people/sign-in/note-sign-in-event.ts'
import { isLocalAddress } from './is-local-address.ts'

/** More of a browser's name than anybody reads. */
const MAX_USER_AGENT = 300

/**
 * Whence a call comes. A proxy is believed when it is on this machine: it has put the address that it saw last
 * (`X-Forwarded-For`); what stands before that one was written by the caller.
 */
export function originOf({ headers, socket }: Pick<FastifyRequest, 'headers' | 'socket'>): Origin {
  const own = socket.remoteAddress ?? ''
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim()
  const isForwarded = forwarded !== undefined && isIP(forwarded) !== 0 && isLocalAddress(own)
  return {
    remoteAddress: isForwarded ? forwarded : own,
    userAgent: (headers['user-agent'] ?? '').slice(0, MAX_USER_AGENT).toWellFormed(),
  }
}
