import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { walk } from './source.mjs';

const ts = createRequire(import.meta.url)('typescript');

/** @returns the names `schema.table` that migrations create. */
function tables(root) {
  const folder = join(root, 'libs/database/migrations');
  const names = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/CREATE (?:UNLOGGED )?TABLE ([a-z_]+\.[a-z_]+)/g)].map(
      ([, name]) => name,
    ),
  );
  return new Set(names);
}

const isText = (node) =>
  ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);

/**
 * Tables of another lib's schema in SQL in TypeScript, for reading or writing.
 * A schema has the name of its lib, with `_` for `-`. Views that a lib publishes are not tables.
 * @param root folder of the checkout.
 * @param sources as of `readSources`.
 * @returns { reader, table, path } for each mention: the lib or app whose file
 *   it is, and `schema.table`.
 */
export function crossSchemaReads(root, sources) {
  const known = tables(root);
  const found = [];
  for (const { path, tree } of sources) {
    const [, kind, reader] = /^(libs|apps)\/([^/]+)\//.exec(path) ?? [];
    if (reader === undefined || (kind === 'apps' && reader === 'portal')) continue;
    walk(tree, (node) => {
      if (!isText(node)) return;
      for (const [table, schema] of node.text.matchAll(/\b([a-z_]+)\.[a-z_]+\b/g))
        if (known.has(table) && schema !== reader.replaceAll('-', '_')) found.push({ reader, table, path });
    });
  }
  return found;
}
