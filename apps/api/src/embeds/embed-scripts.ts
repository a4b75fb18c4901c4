import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';

/**
 * The scripts, with the version that new code loads. A website has their
 * digests, so a version never changes: another one follows.
 */
const NEWEST = { frame: 1, inside: 1, campaign: 1, visits: 2 } as const;
export type EmbedScript = keyof typeof NEWEST;

const FOLDER = join(packageRoot(), 'apps/api/embed-scripts');
const PATHS = new Set(
  Object.entries(NEWEST).flatMap(([name, newest]) => Array.from({ length: newest }, (_, n) => `${n + 1}/${name}`)),
);
const newestOf = (name: EmbedScript): string => `${NEWEST[name]}/${name}`;
const scripts = new Map<string, Buffer>();

/** @returns null for an unknown path, such as `3/frame`. */
export function embedScript(path: string): Buffer | null {
  const known = scripts.get(path) ?? (PATHS.has(path) ? readFileSync(join(FOLDER, `${path}.js`)) : null);
  if (known !== null) scripts.set(path, known);
  return known;
}

/** Path of a script on this server. */
export const scriptPath = (name: EmbedScript): string => `/embed/${newestOf(name)}.js`;

/** The digest for the `integrity` attribute (W3C SRI). */
export const integrityOf = (name: EmbedScript): string =>
  `sha384-${createHash('sha384')
    .update(embedScript(newestOf(name)) ?? '')
    .digest('base64')}`;
