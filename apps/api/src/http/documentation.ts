import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { Problem } from '#contracts';
import { PUBLIC } from './authority.js';
import { type Endpoint, endpointsOf } from './endpoints.js';
import { RESPONSE_MEDIA, UPLOAD_FIELD } from './openapi.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
const METHODS = ['get', 'head', 'put', 'post', 'delete', 'patch'] as const;

const RESPONSES: Readonly<Record<number, string>> = {
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found, or it belongs to another organisation',
  409: 'Not possible in the current state',
  412: 'Changed by another request in the meantime',
  413: 'Too large',
  422: 'Invalid request',
  429: 'Too many requests',
};

/**
 * Serves `/api/docs` for people and `/api/openapi.json` for programs. Adds the
 * parts that all operations share.
 */
export function documentApi(app: INestApplication): void {
  const description = new DocumentBuilder()
    .setTitle('Throughline')
    .setDescription(
      'The portal uses this API for everything it does. Sign in with POST /api/v1/session (cookie and X-CSRF-Token), or send an API key as a bearer token. A PUT that replaces several fields takes the version that was edited as If-Match, and answers 412 to an older one. A PATCH of a deal takes it, too, and answers 412 if others have changed the same fields since. A parameter or field that an operation does not have is refused with 422, and so is a cursor that is not from the list. Errors are problem documents (RFC 9457) with a stable code.',
    )
    .setVersion('1')
    .addCookieAuth('throughline')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'opaque',
      description: 'An API key. It is shown once, when it is created.',
    })
    .build();
  SwaggerModule.setup(
    'api/docs',
    app,
    () => completed(SwaggerModule.createDocument(app, description), endpointsOf(app)),
    {
      jsonDocumentUrl: 'api/openapi.json',
      customSiteTitle: 'Throughline API',
    },
  );
}

function completed(document: OpenAPIObject, endpoints: readonly Endpoint[]): OpenAPIObject {
  const handlers = new Map(endpoints.map(({ controller, method, handler }) => [`${controller}_${method}`, handler]));
  const problem = z.toJSONSchema(Problem, { target: 'openapi-3.0' });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: problem as object },
  };
  for (const path of Object.values(document.paths))
    for (const method of METHODS) {
      const operation = path[method];
      if (operation === undefined) continue;
      const handler = handlers.get(operation.operationId ?? '') ?? {};
      const isOpen = Reflect.hasMetadata(PUBLIC, handler);
      setResponseMedia(operation, Reflect.getMetadata(RESPONSE_MEDIA, handler) as string | undefined);
      addUploadField(operation, Reflect.getMetadata(UPLOAD_FIELD, handler) as string | undefined);
      markOptionalBody(operation);
      operation.security = isOpen ? [] : [{ cookie: [] }, { bearer: [] }];
      for (const status of errorStatusesOf(operation, !['get', 'head'].includes(method), isOpen))
        operation.responses[status] ??= {
          description: RESPONSES[status] ?? '',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        };
    }
  return document;
}

/** The media type of a successful response that is not JSON by a schema. */
function setResponseMedia(operation: Operation, mediaType: string | undefined): void {
  if (mediaType === undefined) return;
  const text = mediaType.startsWith('text/') || mediaType === 'application/json';
  for (const [status, response] of Object.entries(operation.responses))
    if (/^20[01]/.test(status) && response !== undefined && !('$ref' in response))
      response.content = { [mediaType]: { schema: text ? {} : { type: 'string', format: 'binary' } } };
}

/** Adds the file of an upload to the schema of its form's other fields. */
function addUploadField(operation: Operation, field: string | undefined): void {
  if (field === undefined) return;
  const fields =
    operation.requestBody !== undefined && !('$ref' in operation.requestBody) ? operation.requestBody.content : {};
  const known = Object.values(fields)[0]?.schema;
  const file = { type: 'object', required: [field], properties: { [field]: { type: 'string', format: 'binary' } } };
  const schema = known === undefined ? file : { allOf: [known, file] };
  operation.requestBody = { required: true, content: { 'multipart/form-data': { schema } } };
}

/** A body is optional if its schema has a default. */
function markOptionalBody({ requestBody: body }: Operation): void {
  if (body === undefined || '$ref' in body) return;
  const hasDefault = (schema: object | undefined): boolean => schema !== undefined && 'default' in schema;
  if (Object.values(body.content).some(({ schema }) => hasDefault(schema))) body.required = false;
}

function errorStatusesOf(operation: Operation, changes: boolean, isOpen: boolean): number[] {
  const parameters = (operation.parameters ?? []).flatMap((one) => ('$ref' in one ? [] : [one]));
  const body = operation.requestBody !== undefined && !('$ref' in operation.requestBody) ? operation.requestBody : null;
  return [
    ...(isOpen ? [] : [401, 403]),
    ...(parameters.some((one) => one.in === 'path') ? [404] : []),
    ...(changes ? [409] : []),
    ...(parameters.some(({ name }) => name.toLowerCase() === 'if-match') ? [412] : []),
    ...(body === null ? [] : [413]),
    // Every endpoint refuses parameters that it does not have.
    422,
    429,
  ];
}
