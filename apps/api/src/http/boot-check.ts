import type { INestApplication } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { PERMISSION, PUBLIC, SIGNED_IN } from './authority.js';

/** @throws Error naming every endpoint that does not say who may use it: forgetting must not mean allowing. */
export function refuseUnguardedEndpoints(app: INestApplication): void {
  const scanner = new MetadataScanner();
  const unguarded = app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ instance, name }) => {
      const prototype = Object.getPrototypeOf(instance as object) as Record<string, object>;
      return scanner
        .getAllMethodNames(prototype)
        .filter((method) => Reflect.hasMetadata(METHOD_METADATA, prototype[method] ?? {}))
        .filter(
          (method) => ![PERMISSION, PUBLIC, SIGNED_IN].some((key) => Reflect.hasMetadata(key, prototype[method] ?? {})),
        )
        .map((method) => `${String(name)}.${method}`);
    });
  if (unguarded.length > 0)
    throw new Error(
      `These endpoints do not say who may use them (@Allow, @SignedIn or @Public): ${unguarded.join(', ')}.`,
    );
}
