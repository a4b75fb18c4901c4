import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageRoot } from '#kernel';

const Compose = z.object({
  services: z.record(z.string(), z.looseObject({ command: z.array(z.string()).optional() })),
});

/**
 * @returns what `docker-compose.yml` gives Node for an app before its file;
 *   nothing for one that it does not run.
 */
export function nodeFlagsOf(app: string): string[] {
  const text = readFileSync(join(packageRoot(), 'docker-compose.yml'), 'utf8');
  const { services } = Compose.parse(parse(text, { merge: true }));
  return services[app]?.command?.slice(1, -1) ?? [];
}
