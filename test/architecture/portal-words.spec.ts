import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import { GERMAN_GATES } from '../../apps/portal/src/locales/de.gates.js';

/** Codes that compilers and gates report: `quality-gates.spec.ts` holds that page and the code together. */
const GATES = [
  ...readFileSync(join(packageRoot(), 'docs/quality-gates.md'), 'utf8').matchAll(
    /^\| `([a-z0-9-]+)` \| (?:error|warning) \|/gm,
  ),
].map(([, code = '']) => code);

const SOURCES = ['libs', 'apps/api/src', 'apps/scheduler/src', 'apps/renderer/src'].flatMap((folder) =>
  readdirSync(join(packageRoot(), folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:service|controller|handler)\.ts$/.test(path))
    .map((path) => readFileSync(join(packageRoot(), folder, path), 'utf8')),
);
const DEEDS = [
  ...new Set(
    SOURCES.flatMap((text) => [...text.matchAll(/\baction: '([a-z-]+\.[a-z-]+)'/g)].map(([, deed = '']) => deed)),
  ),
];
const DID = readFileSync(join(packageRoot(), 'apps/portal/src/locales/en.more.ts'), 'utf8').replace(
  /^[\s\S]*?\n {4}did: \{/,
  '',
);
const hasWords = (deed: string): boolean => {
  const [noun = '', verb = ''] = deed.split('.');
  const [, verbs = ''] = new RegExp(`\\n {6}'?${noun}'?: \\{([^}]*)\\}`).exec(DID) ?? [];
  return new RegExp(`[ \\n]'?${verb}'?: '`).test(verbs);
};

describe('what the portal says', () => {
  it('has a German sentence for every problem of a package, and none that no gate reports', () => {
    expect(GATES.length).toBeGreaterThan(100);
    expect(Object.keys(GERMAN_GATES).sort()).toEqual([...new Set(GATES)].sort());
    for (const sentences of Object.values(GERMAN_GATES))
      for (const sentence of sentences) expect(sentence).toMatch(/[.:]$|\.“?$/);
  });

  // Other languages have the keys of English: their types say so.
  it('has words for every deed that the audit log records', () => {
    expect(DEEDS.length).toBeGreaterThan(40);
    expect(DEEDS.filter((deed) => !hasWords(deed))).toEqual([]);
  });
});
