import swagger from '@fastify/swagger'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler } from 'fastify-type-provider-zod'
import { AppError } from '../lib/app-error.ts'
import type { ApiParts } from './api-parts.ts'
import type { ApiServer } from './api-server.ts'
import { correlate, requestIdOf } from './correlate.ts'
import { enforceRights } from './enforce-rights.ts'
import { handleError } from './handle-error.ts'
import { openApiOptions } from './open-api-options.ts'
import { refuseUnstorable } from './refuse-unstorable.ts'
import { actionRoutes } from './routes/actions/action-routes.ts'
import { auditRoutes } from './routes/audit/audit-routes.ts'
import { changeRoutes } from './routes/changes/change-routes.ts'
import { dashboardRoutes } from './routes/dashboard/dashboard-routes.ts'
import { deadLetterRoutes } from './routes/dead-letters/dead-letter-routes.ts'
import { evidenceRoutes } from './routes/evidence/evidence-routes.ts'
import { fileRoutes } from './routes/files/file-routes.ts'
import { footerRoutes } from './routes/footers/footer-routes.ts'
import { healthRoutes } from './routes/health/health-routes.ts'
import { mailboxRoutes } from './routes/mailboxes/mailbox-routes.ts'
import { messageRoutes } from './routes/messages/message-routes.ts'
import { metricsRoutes } from './routes/metrics/metrics-routes.ts'
import { noticeRoutes } from './routes/notices/notice-routes.ts'
import { peopleRoutes } from './routes/people/people-routes.ts'
import { processFormRoutes } from './routes/processes/process-form-routes.ts'
import { processRoutes } from './routes/processes/process-routes.ts'
import { pushRoutes } from './routes/push/push-routes.ts'
import { requestRoutes } from './routes/requests/request-routes.ts'
import { ownSessionsRoutes } from './routes/session/own-sessions-routes.ts'
import { ownSettingsRoutes } from './routes/session/own-settings-routes.ts'
import { sessionRoutes } from './routes/session/session-routes.ts'
import { setupGuideRoute } from './routes/setup-guide/setup-guide-route.ts'
import { tokenRoutes } from './routes/tokens/token-routes.ts'
import { validateWithZod } from './validate-with-zod.ts'

/** Four times the largest definition that is taken. */
const BODY_LIMIT = 1024 * 1024

/**
 * The HTTP API, not listening yet: `listen` serves it, `inject` calls it in process. Each request goes through the
 * same stages: right, JSON, storable text, schema, handler; whatever is thrown ends in `handleError`.
 */
export function createServer(parts: ApiParts): FastifyInstance {
  const server = fastify({
    loggerInstance: parts.context.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    genReqId: requestIdOf,
    // The fields of `withLogFields` say which request it is, in what the commands write as well.
    childLoggerFactory: (logger) => logger,
    frameworkErrors: handleError,
  })
  server.setValidatorCompiler(validateWithZod)
  server.setSerializerCompiler(serializerCompiler)
  server.setErrorHandler(handleError)
  server.setNotFoundHandler(() => {
    throw new AppError('page-not-found')
  })
  server.removeContentTypeParser('text/plain')

  correlate(server)
  enforceRights(server, parts)
  server.addHook('preValidation', async ({ body, query, params }) =>
    refuseUnstorable({ body, query, params }),
  )
  server.addHook('onSend', async (_, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    reply.header('x-content-type-options', 'nosniff')
  })

  server.register(swagger, openApiOptions)
  // In a plugin of its own, because the OpenAPI document lists the routes that are registered after its plugin.
  server.register(async (scope) => {
    for (const register of routes) register(scope.withTypeProvider(), parts)
  })
  return server
}

const routes: ((server: ApiServer, parts: ApiParts) => void)[] = [
  requestRoutes,
  fileRoutes,
  actionRoutes,
  changeRoutes,
  processRoutes,
  processFormRoutes,
  peopleRoutes,
  messageRoutes,
  deadLetterRoutes,
  footerRoutes,
  mailboxRoutes,
  tokenRoutes,
  sessionRoutes,
  setupGuideRoute,
  ownSessionsRoutes,
  ownSettingsRoutes,
  auditRoutes,
  evidenceRoutes,
  dashboardRoutes,
  noticeRoutes,
  healthRoutes,
  metricsRoutes,
  pushRoutes,
]
