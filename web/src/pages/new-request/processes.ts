import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/schema.ts'

export type ProcessForm = components['schemas']['ProcessForm']
export type FormField = ProcessForm['fields'][number]
type Request = components['schemas']['Request']

/** The processes that a request can be made of, by name. */
export const processesQuery = infiniteQueryOptions({
  queryKey: ['processes'],
  queryFn: ({ pageParam }) =>
    answerOf(api.GET('/api/processes', { params: { query: pageParam ? { after: pageParam } : {} } })),
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
})

export const processFormQuery = (name: string) =>
  queryOptions({
    queryKey: ['process-form', name],
    queryFn: () => answerOf(api.GET('/api/processes/{name}/form', { params: { path: { name } } })),
    // It does not change under the hands of who fills it in; the server checks by the version of that moment.
    staleTime: Number.POSITIVE_INFINITY,
  })

/** What is wrong with values of these fields, by field. */
export async function faultsOf(process: ProcessForm, values: Values): Promise<Map<string, string>> {
  const { problems } = await answerOf(
    api.POST('/api/processes/{name}/form/check', {
      params: { path: { name: process.name } },
      body: { data: dataOf(process.fields, values) },
    }),
  )
  return new Map(problems.map(({ path, message }) => [path, message]))
}

/** What stands in the fields, by name; text as the API takes it. */
export type Values = Record<string, string>

/** Removes a file that no request has named. What cannot be removed now is erased after a day. */
export async function removeFile(id: string): Promise<void> {
  await api.DELETE('/api/files/{id}', { params: { path: { id } } }).catch(() => null)
}

/**
 * Makes the request; the same call with the same key makes it once. Throws `ProblemError`: `invalid-request-data` with a
 * problem for each field, `idempotency-conflict` …
 */
export function makeRequest(
  process: ProcessForm,
  { values, files, key }: { values: Values; files: string[]; key: string },
): Promise<Request> {
  return answerOf(
    api.POST('/api/requests', {
      params: { header: { 'idempotency-key': key } },
      body: { process: process.name, data: dataOf(process.fields, values), files },
    }),
  )
}

/** Numbers travel as numbers; one that is none as it was typed, for the server to say so. */
function dataOf(fields: FormField[], values: Values): Record<string, string | number> {
  return Object.fromEntries(
    fields.flatMap(({ name, type }) => {
      const value = values[name] ?? ''
      if (value.trim() === '') return []
      const number = Number(value)
      return [[name, type === 'number' && Number.isFinite(number) ? number : value]]
    }),
  )
}
