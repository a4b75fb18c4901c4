import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of the product's package.json, found upwards from this file.
 * Fonts, migrations and templates are found alike from sources and from
 * `dist/`.
 */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const manifest = join(folder, 'package.json');
    if (
      existsSync(manifest) &&
      (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'throughline'
    )
      return folder;
    const parent = dirname(folder);
    if (parent === folder) throw new Error('The package root of throughline was not found above its own files.');
    folder = parent;
  }
}
