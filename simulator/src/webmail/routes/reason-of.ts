/** What a thrown value says. The backend promises Errors a person can read. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
