import { useNavigate, useSearch } from '@tanstack/react-router'
import { type Place, placeIn } from './place.ts'

/** What is told now; undefined takes it back. */
type Told = { [Name in keyof Place]?: Place[Name] | undefined }

/** Where somebody is in the guide, and how they tell it something: the address changes, the page does not jump. */
export function usePlace(): { place: Place; tell: (change: Told) => Promise<void> } {
  const place = useSearch({ from: '/shell/configuration/setup-guide' })
  const navigate = useNavigate()
  return {
    place,
    tell: (change) =>
      navigate({
        to: '/configuration/setup-guide',
        search: (before: Place) => placeIn({ ...before, ...change }),
        replace: true,
        resetScroll: false,
      }),
  }
}
