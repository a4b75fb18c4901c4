import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageRoot } from '#kernel';

const Compose = z.object({
  services: z.record(
    z.string(),
    z.looseObject({ command: z.array(z.string()).optional(), mem_limit: z.string().optional() }),
  ),
});

const services = () =>
  Compose.parse(parse(readFileSync(join(packageRoot(), 'docker-compose.yml'), 'utf8'), { merge: true })).services;

/**
 * @returns what `docker-compose.yml` gives Node for an app before its file;
 *   nothing for one that it does not run.
 */
export function nodeFlagsOf(app: string): string[] {
  return services()[app]?.command?.slice(1, -1) ?? [];
}

/** @returns the memory limit of a service of `docker-compose.yml`, in MB. */
export function memoryLimitMbOf(service: string): number {
  const [, amount, unit] = /^(\d+)([gm])$/.exec(services()[service]?.mem_limit ?? '') ?? [];
  return Number(amount) * (unit === 'g' ? 1_024 : 1);
}
