import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Inbound } from './messages.ts'

/** A request by number and title, leading to it. */
export function RequestLink({ request }: { request: NonNullable<Inbound['request']> }) {
  const params = { id: String(request.id) }
  return (
    <Anchor renderRoot={(props) => <Link to="/requests/$id" params={params} {...props} />}>
      #{request.id} · {request.title}
    </Anchor>
  )
}
