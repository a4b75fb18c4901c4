import type { INestApplication } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { Problem } from '#contracts';
import { PUBLIC } from './authority.js';
import { OPERATION_WORDS } from './operation-words.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
const METHODS = ['get', 'head', 'put', 'post', 'delete', 'patch'] as const;

const ANSWERS: Readonly<Record<number, string>> = {
  401: 'Nobody is signed in',
  403: 'Not allowed',
  404: 'Not found, or another organisation’s',
  409: 'Not possible in this state',
  412: 'Changed in the meantime',
  413: 'Too large',
  422: 'Something in the request is not right',
  429: 'Too many requests',
};

/** `/api/docs` for people and `/api/openapi.json` for programs. What every operation shares is said here, once. */
export function documentApi(app: INestApplication): void {
  const description = new DocumentBuilder()
    .setTitle('Throughline')
    .setDescription(
      'Everything the portal does goes through this API. Sign in with POST /api/v1/session (cookie and X-CSRF-Token), or send an API key as a bearer token. Refusals are problem documents (RFC 9457) with a stable code.',
    )
    .setVersion('1')
    .addCookieAuth('throughline')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'opaque',
      description: 'An API key, as it was shown once.',
    })
    .build();
  SwaggerModule.setup(
    'api/docs',
    app,
    () => completed(SwaggerModule.createDocument(app, description), publicOnes(app)),
    {
      jsonDocumentUrl: 'api/openapi.json',
      customSiteTitle: 'Throughline API',
    },
  );
}

function completed(document: OpenAPIObject, open: ReadonlySet<string>): OpenAPIObject {
  const problem = z.toJSONSchema(Problem, { target: 'openapi-3.0' });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: problem as object },
  };
  for (const path of Object.values(document.paths))
    for (const method of METHODS) {
      const operation = path[method];
      if (operation === undefined) continue;
      const isOpen = open.has(operation.operationId ?? '');
      sayWhat(operation);
      nameFile(operation);
      sayMayBeLeftOut(operation);
      operation.security = isOpen ? [] : [{ cookie: [] }, { bearer: [] }];
      for (const status of refusalsOf(operation, !['get', 'head'].includes(method), isOpen))
        operation.responses[status] ??= {
          description: ANSWERS[status] ?? '',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        };
    }
  return document;
}

/** The line that an operation is known by, and the media type of an answer that is no JSON. */
function sayWhat(operation: Operation): void {
  const [summary, mediaType] = OPERATION_WORDS[operation.operationId ?? ''] ?? [];
  if (summary !== undefined) operation.summary = summary;
  if (mediaType === undefined) return;
  const text = mediaType.startsWith('text/') || mediaType === 'application/json';
  for (const [status, answer] of Object.entries(operation.responses))
    if (/^20[01]/.test(status) && answer !== undefined && !('$ref' in answer))
      answer.content = { [mediaType]: { schema: text ? {} : { type: 'string', format: 'binary' } } };
}

/** The file of an upload, which no schema of fields has. */
function nameFile(operation: Operation): void {
  const id = operation.operationId ?? '';
  const field = UPLOADS[id];
  if (field === undefined) return;
  const fields =
    operation.requestBody !== undefined && !('$ref' in operation.requestBody) ? operation.requestBody.content : {};
  const known = Object.values(fields)[0]?.schema;
  const file = { type: 'object', required: [field], properties: { [field]: { type: 'string', format: 'binary' } } };
  const schema = known === undefined ? file : { allOf: [known, file] };
  operation.requestBody = { required: true, content: { 'multipart/form-data': { schema } } };
}

/** A body whose schema stands in for none at all. */
function sayMayBeLeftOut({ requestBody: body }: Operation): void {
  if (body === undefined || '$ref' in body) return;
  const stands = (schema: object | undefined): boolean => schema !== undefined && 'default' in schema;
  if (Object.values(body.content).some(({ schema }) => stands(schema))) body.required = false;
}

/** Form fields that carry a file, where the controller does not describe its body. */
const UPLOADS: Readonly<Record<string, string>> = {
  BrandProfileController_replaceLogo: 'file',
  ContactImportsController_accept: 'file',
  ContactImportsController_preview: 'file',
  OptOutsController_previewOfPartner: 'file',
  OptOutsController_ofPartner: 'file',
  OptOutsController_previewOfVendor: 'file',
  OptOutsController_ofVendor: 'file',
};

function refusalsOf(operation: Operation, changes: boolean, isOpen: boolean): number[] {
  const parameters = (operation.parameters ?? []).flatMap((one) => ('$ref' in one ? [] : [one]));
  const body = operation.requestBody !== undefined && !('$ref' in operation.requestBody) ? operation.requestBody : null;
  return [
    ...(isOpen ? [] : [401, 403]),
    ...(parameters.some((one) => one.in === 'path') ? [404] : []),
    ...(changes ? [409] : []),
    ...(parameters.some(({ name }) => name.toLowerCase() === 'if-match') ? [412] : []),
    ...(body === null ? [] : [413]),
    ...(body !== null || parameters.length > 0 ? [422] : []),
    429,
  ];
}

/** Operations that nobody need be signed in for. */
function publicOnes(app: INestApplication): Set<string> {
  const scanner = new MetadataScanner();
  const found = app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ instance, name }) => {
      const prototype = Object.getPrototypeOf(instance as object) as Record<string, object>;
      return scanner
        .getAllMethodNames(prototype)
        .filter((method) => Reflect.hasMetadata(PUBLIC, prototype[method] ?? {}))
        .map((method) => `${String(name)}_${method}`);
    });
  return new Set(found);
}
