import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';

/** The scripts of version 1. A website has their digests, so a version never changes: another one follows. */
const NAMES = ['frame', 'inside', 'campaign', 'visits'] as const;
export type EmbedScript = (typeof NAMES)[number];

const FOLDER = join(packageRoot(), 'apps/api/embed-scripts/1');
const scripts = new Map<string, Buffer>();

/** @returns null for an unknown name. */
export function embedScript(name: string): Buffer | null {
  if (!NAMES.some((known) => known === name)) return null;
  const known = scripts.get(name) ?? readFileSync(join(FOLDER, `${name}.js`));
  scripts.set(name, known);
  return known;
}

/** Path of a script on this server. */
export const scriptPath = (name: EmbedScript): string => `/embed/1/${name}.js`;

/** The digest for the `integrity` attribute (W3C SRI). */
export const integrityOf = (name: EmbedScript): string =>
  `sha384-${createHash('sha384')
    .update(embedScript(name) ?? '')
    .digest('base64')}`;
