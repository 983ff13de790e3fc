import { useQuery } from '@tanstack/react-query'
import { Outlet, useLocation } from '@tanstack/react-router'
import { Suspense } from 'react'
import { sessionQuery } from '../api/session.ts'
import { LoadingState } from '../parts/loading-state.tsx'
import { Forbidden } from './forbidden.tsx'
import { mayOpen } from './navigation.ts'
import { NotFound } from './not-found.tsx'
import { Shell } from './shell.tsx'

/** Pages with the navigation beside them. */
export function ShellLayout() {
  const { pathname } = useLocation()
  const { data: session } = useQuery(sessionQuery)
  const isForbidden = session ? !mayOpen(pathname, session.person.role) : false
  return (
    <Shell>
      <Suspense fallback={<LoadingState />}>{isForbidden ? <Forbidden /> : <Outlet />}</Suspense>
    </Shell>
  )
}

/** The same with the page for an address that leads nowhere. */
export function NotFoundLayout() {
  return (
    <Shell>
      <NotFound />
    </Shell>
  )
}
