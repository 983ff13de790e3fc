import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import packageFile from '../../package.json' with { type: 'json' }

/** How the OpenAPI document is made of the routes, and its head. */
export const openApiOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Countersign',
      version: packageFile.version,
      description:
        'Approvals by e-mail: requests, actions, processes, people, mailboxes and messages.\n\n' +
        'Errors are RFC 9457 problem documents in the language of `Accept-Language` (en, fr); `docs/errors.md` lists ' +
        'their codes. Lists are paged by key: pass the `next` of one page as `after` of the following.',
      license: { name: packageFile.license },
    },
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API token, `cst_…` (`countersign token create`)',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-countersign',
          description:
            'A browser that is signed in (`POST /api/session`). Calls that change something need the session’s `csrf` ' +
            'in the header `X-Countersign-CSRF`.',
        },
      },
    },
    security: [{ token: [] }, { session: [] }],
  },
  transform: jsonSchemaTransform,
  transformObject(document) {
    const described = jsonSchemaTransformObject(document) as { components?: { schemas?: object } }
    // Each named schema comes out twice, as input and as output; ours are only answered with, never sent.
    const schemas = Object.entries(described.components?.schemas ?? {}).filter(
      ([name]) => !name.endsWith('Input'),
    )
    return {
      ...described,
      components: { ...described.components, schemas: Object.fromEntries(schemas) },
    } as object
  },
}
