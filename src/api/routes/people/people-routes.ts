import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { colleaguesRoute } from './colleagues-route.ts'
import { delegationRoutes } from './delegation-routes.ts'
import { groupHistoryRoute } from './group-history-route.ts'
import { groupRoutes } from './group-routes.ts'
import { importRoutes } from './import-routes.ts'
import { invitePersonRoute } from './invite-person-route.ts'
import { listPeopleRoute } from './list-people-route.ts'
import { personHistoryRoute } from './person-history-route.ts'
import { personRoutes } from './person-routes.ts'

/** Who requests, approves and administers. */
export function peopleRoutes(server: ApiServer, parts: ApiParts): void {
  listPeopleRoute(server, parts)
  personRoutes(server, parts)
  personHistoryRoute(server, parts)
  importRoutes(server, parts)
  invitePersonRoute(server, parts)
  colleaguesRoute(server, parts)
  delegationRoutes(server, parts)
  groupRoutes(server, parts)
  groupHistoryRoute(server, parts)
}
