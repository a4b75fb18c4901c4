import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import { DomainError } from '#kernel';

/** Addresses under `/api/v1` that others call as they are configured there, with parameters of their own. */
const CALLED_BY_OTHERS = '/api/v1/provider-events/';

/** Names the version of a file, so that a browser does not show an older one. No endpoint reads it. */
const VERSION_OF_FILE = 'of';

/**
 * Refuses a parameter that the endpoint of the API does not have: a list with a
 * mistyped filter would answer everything. Public pages ignore what they do not
 * know, because mail programs and advertisers add parameters to links.
 */
export class KnownParameters implements NestInterceptor {
  private readonly namesOf = new WeakMap<object, readonly string[]>();

  /** @throws DomainError `request.invalid`. */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { path, query } = context.switchToHttp().getRequest<Request>();
    if (path.startsWith('/api/v1/') && !path.startsWith(CALLED_BY_OTHERS)) {
      const known = this.names(context);
      const unknown = Object.keys(query).find((name) => name !== VERSION_OF_FILE && !known.includes(name));
      if (unknown !== undefined) throw unknownParameter(unknown, known);
    }
    return next.handle();
  }

  private names(context: ExecutionContext): readonly string[] {
    const handler = context.getHandler();
    const names = this.namesOf.get(handler) ?? namesIn(context.getClass(), handler.name);
    this.namesOf.set(handler, names);
    return names;
  }
}

/** The names of the schemas by which an endpoint reads its query. */
function namesIn(controller: object, method: string): string[] {
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method) ?? {}) as Readonly<
    Record<string, { readonly schema?: z.ZodType }>
  >;
  return Object.entries(parameters).flatMap(([key, { schema }]) =>
    key.startsWith(`${RouteParamtypes.QUERY}:`) && schema !== undefined
      ? Object.keys(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties ?? {})
      : [],
  );
}

function unknownParameter(name: string, known: readonly string[]): DomainError {
  const choice = known.join(', ');
  const [code, message] =
    known.length === 0
      ? (['field.no-parameters', 'is not known here: this address has no parameters. Leave it out'] as const)
      : (['field.parameter', `is not known here. This address has these parameters: ${choice}`] as const);
  return new DomainError('request.invalid', `${name}: ${message}.`, {
    field: name,
    problems: [{ code, message, field: name, named: { choice } }],
  });
}
