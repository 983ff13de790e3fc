import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../../lib/app-error.ts'
import { rolesOfSessions } from '../../../people/sign-in/sessions.ts'
import type { Context } from '../../../store/context.ts'
import { type SessionCaller, seesEverything } from '../../caller.ts'
import type { ServerEvent } from '../../send-events.ts'
import { changedRequests, type Heads, recentHeads } from './changed-requests.ts'
import { type Concern, whomItConcerns } from './whom-it-concerns.ts'

/** Soon enough to be called live; one look serves everybody who listens. */
const LOOK_EVERY_MS = 1_000
/** Proxies cut off what is silent for a minute. */
const BEAT_EVERY_LOOKS = 15
/** What no look can see, such as a group that somebody has left, is found then. */
const ASK_AGAIN_EVERY_LOOKS = 300
/** A page each in the windows of a person's devices; hidden ones do not listen. */
const MAX_STREAMS_OF_PERSON = 10
const MAX_STREAMS = 2_000
/** Requests that are named in one event. */
const MAX_NAMED = 100
/** Events that wait for a reader who does not take them: it has to come again. */
const MAX_UNREAD = 100

interface Stream {
  caller: SessionCaller
  events: Readable
  /** How many looks it has seen. */
  age: number
}

export interface Watch {
  /**
   * What changes for this person, until their session ends or `leave` is called: its first event says to ask again for
   * everything. Throws `too-busy` when they, or all together, have too many streams.
   */
  join(caller: SessionCaller): { events: AsyncIterable<ServerEvent>; leave(): void }
  /** Ends all streams. */
  close(): void
}

/** Looks at the database while somebody listens, whoever changes it and on which server, and tells each what concerns them. */
export function watchChanges(context: Context): Watch {
  const streams = new Set<Stream>()
  const closing = new AbortController()
  let isLooking = false

  function end(stream: Stream): void {
    if (streams.delete(stream)) stream.events.push(null)
  }

  /** Whoever left meanwhile hears nothing. */
  function tell(stream: Stream, event: ServerEvent): void {
    if (!streams.has(stream)) return
    if (stream.events.readableLength < MAX_UNREAD) stream.events.push(event)
    else end(stream)
  }

  async function lookWhileHeard(): Promise<void> {
    isLooking = true
    let known: { heads: Heads | null; at: Date } = { heads: null, at: context.clock() }
    while (streams.size > 0) {
      const at = context.clock()
      try {
        known = { heads: await look(known), at }
      } catch (error) {
        context.log.warn({ err: error }, 'what changed could not be looked at')
        known = { heads: null, at }
      }
      await sleep(LOOK_EVERY_MS, undefined, { signal: closing.signal }).catch(() => {})
    }
    isLooking = false
  }

  /** Tells those who are there what has changed since the look before. */
  async function look(before: { heads: Heads | null; at: Date }): Promise<Heads | null> {
    const present = [...streams]
    const heads = await recentHeads(context, before.at)
    const changed = changedRequests(before.heads, heads)
    const roles = await rolesOfSessions(
      context,
      present.map(({ caller }) => caller.sessionId),
    )
    const people = present.map(({ caller }) => ({
      id: caller.person.id,
      seesEverything: seesEverything(caller),
    }))
    const concerns = changed && (await whomItConcerns(context.db, changed, people))
    for (const stream of present) {
      const { sessionId, person } = stream.caller
      const role = roles.get(sessionId)
      if (role === undefined) tell(stream, { event: 'signed-out' })
      // Whoever has another role comes again with it.
      if (role !== person.role) end(stream)
      else tellOf(stream, concerns?.get(person.id) ?? null)
    }
    return heads
  }

  /** Null when it is not known what has changed. */
  function tellOf(stream: Stream, concern: Concern | null): void {
    const { age } = stream
    stream.age += 1
    if (concern === null || concern.requests.size > MAX_NAMED || age % ASK_AGAIN_EVERY_LOOKS === 0) {
      tell(stream, { event: 'ask-again' })
    } else if (concern.toDo || concern.ownRequests || concern.requests.size > 0) {
      tell(stream, { event: 'changed', data: { ...concern, requests: [...concern.requests] } })
    } else if (age % BEAT_EVERY_LOOKS === 0) {
      tell(stream, { beat: true })
    }
  }

  return {
    join(caller) {
      const theirs = [...streams].filter((stream) => stream.caller.person.id === caller.person.id)
      if (streams.size >= MAX_STREAMS || theirs.length >= MAX_STREAMS_OF_PERSON) {
        throw new AppError('too-busy')
      }
      const stream: Stream = { caller, age: 0, events: new Readable({ objectMode: true, read() {} }) }
      streams.add(stream)
      if (!isLooking) void lookWhileHeard()
      return { events: stream.events, leave: () => end(stream) }
    },
    close() {
      closing.abort()
      for (const stream of [...streams]) end(stream)
    },
  }
}
