import type { LoadedAction } from '../approvals/load-action.ts'

/**
 * The page that a mail leads its recipient to: of the action for those who are asked about it, of the request for the
 * requester. Null for those who see neither, and where the installation has no address for people.
 */
export function portalUrl(
  publicUrl: string | null,
  personId: string,
  about: { request: { id: number; requesterId: string }; loaded: LoadedAction | null },
): string | null {
  if (publicUrl === null) return null
  const { request, loaded } = about
  if (loaded?.assignees.some((assignee) => assignee.personId === personId)) {
    return `${publicUrl}/actions/${loaded.action.id}`
  }
  return request.requesterId === personId ? `${publicUrl}/requests/${request.id}` : null
}
