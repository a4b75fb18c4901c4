import type { INestApplication } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { PERMISSION, PUBLIC, SIGNED_IN } from './authority.js';

/**
 * A controller's method that answers requests. `handler` has the metadata of
 * its decorators.
 */
export interface Endpoint {
  readonly controller: string;
  readonly method: string;
  readonly handler: object;
}

/** Every endpoint of the application. */
export function endpointsOf(app: INestApplication): Endpoint[] {
  const scanner = new MetadataScanner();
  return app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ instance, name }) => {
      const prototype = Object.getPrototypeOf(instance as object) as Record<string, object>;
      return scanner
        .getAllMethodNames(prototype)
        .map((method) => ({ controller: String(name), method, handler: prototype[method] ?? {} }))
        .filter(({ handler }) => Reflect.hasMetadata(METHOD_METADATA, handler));
    });
}

/**
 * An endpoint without an access decorator would be public.
 * @throws Error that names every endpoint without an access decorator.
 */
export function refuseUnguardedEndpoints(app: INestApplication): void {
  const unguarded = endpointsOf(app)
    .filter(({ handler }) => ![PERMISSION, PUBLIC, SIGNED_IN].some((key) => Reflect.hasMetadata(key, handler)))
    .map(({ controller, method }) => `${controller}.${method}`);
  if (unguarded.length > 0)
    throw new Error(
      `These endpoints do not declare who may use them: ${unguarded.join(', ')}. Add @Allow, @AllowBothSides, @SignedIn or @Public to each.`,
    );
}
