import { check, isObject, isString, isStrings } from '../check-json.ts'
import { graphErrors } from './graph-error.ts'
import { readJson } from './read-json.ts'
import type { GraphRequest } from './request.ts'

const MOST_PARTS = 20

/** A request within a batch. */
export interface BatchPart {
  id: string
  /** The ids of those that have to succeed before. */
  dependsOn: string[]
  request: GraphRequest
}

/**
 * Reads a batch: https://learn.microsoft.com/graph/json-batching
 * @throws GraphError 400 for more than 20 parts, ids that are not unique, a dependency on what is not there or on itself
 */
export function readBatch(batch: GraphRequest): BatchPart[] {
  const { requests } = check(readJson(batch), { requests: Array.isArray }, ['requests'])
  const parts = (requests as unknown[]).map((part) => readPart(part, batch))
  if (parts.length === 0 || parts.length > MOST_PARTS)
    throw graphErrors.badRequest(`Number of batch request steps has to be from 1 to ${MOST_PARTS}.`)
  const ids = new Set(parts.map(({ id }) => id.toLowerCase()))
  if (ids.size < parts.length) throw graphErrors.badRequest('Request Id has to be unique in a batch.')
  checkDependencies(parts)
  return parts
}

function readPart(value: unknown, batch: GraphRequest): BatchPart {
  const checks = {
    id: isString,
    method: isString,
    url: isString,
    headers: (headers: unknown) => isObject(headers) && Object.values(headers).every(isString),
    body: (body: unknown) => isObject(body) || isString(body),
    dependsOn: isStrings,
  }
  const part = check(value, checks, ['id', 'method', 'url'])
  const id = String(part.id)
  const headers = Object.fromEntries(
    Object.entries((part.headers ?? {}) as Record<string, string>).map(([name, text]) => [
      name.toLowerCase(),
      text,
    ]),
  )
  if (part.body !== undefined && headers['content-type'] === undefined)
    throw graphErrors.badRequest(`Write request id : ${id} does not contain Content-Type header or body.`)
  const url = String(part.url)
  if (/^[a-z]+:/i.test(url) || /^\/?(\$batch|v1\.0)/i.test(url))
    throw graphErrors.badRequest(
      `The url of request id : ${id} has to be relative to the service, and no batch.`,
    )
  const { pathname, searchParams } = new URL(`/v1.0/${url.replace(/^\//, '')}`, batch.origin)
  return {
    id,
    dependsOn: (part.dependsOn ?? []) as string[],
    request: {
      method: String(part.method).toUpperCase(),
      origin: batch.origin,
      path: pathname,
      query: searchParams,
      headers,
      body: bodyOf(part.body),
    },
  }
}

/** JSON stands as it is, text as a string (OData JSON format 4.01, section 19.1). */
function bodyOf(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0)
  return Buffer.from(isString(body) ? body : JSON.stringify(body))
}

/** Every chain of dependencies has to end: what is left when no part is free any more waits for itself. */
function checkDependencies(parts: BatchPart[]): void {
  const done = new Set<string>()
  let waiting = parts
  while (waiting.length > 0) {
    const free = waiting.filter(({ dependsOn }) => dependsOn.every((id) => done.has(id)))
    if (free.length === 0)
      throw graphErrors.badRequest('A dependsOn names an unknown request id, or goes round.')
    for (const { id } of free) done.add(id)
    waiting = waiting.filter(({ id }) => !done.has(id))
  }
}
