import type { RequestTable } from '../../../store/schema.ts'

/** The request of a row that was joined with it; null where there was none to join. */
export function requestOf({
  request,
  title,
  status,
}: {
  request: number | null
  title: string | null
  status: RequestTable['status'] | null
}): { id: number; title: string; status: RequestTable['status'] } | null {
  return request === null || title === null || status === null ? null : { id: request, title, status }
}
