import type { ReactNode } from 'react'

/** Words that stay on one line: `e-mail` may not end one with its hyphen. */
export const Unbroken = ({ children }: { children: ReactNode }) => (
  <span style={{ whiteSpace: 'nowrap' }}>{children}</span>
)
