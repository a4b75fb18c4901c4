import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { USER_LANGUAGES } from '#contracts';
import { packageRoot } from '#kernel';
import { flatTexts, incompletePlurals, messagesOf } from '../support/texts.js';
import { gateTexts, languages, textFile, textFiles, textsOf } from '../support/portal-texts.js';

/**
 * Codes that compilers and gates report: `quality-gates.spec.ts` holds that
 * page and the code together.
 */
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

/** The text under a dotted key, or undefined. */
const textAt = (texts: object, key: string): unknown =>
  key.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], texts);

it('are in the languages of mails to its users', () => {
  expect(languages()).toEqual(USER_LANGUAGES);
});

describe.each(languages())('the texts of the portal in %s', (language) => {
  it('are in the same files as the English ones', () => {
    expect(textFiles(language)).toEqual(textFiles('en'));
  });

  it.each(textFiles('en'))('have the keys, placeholders and plural forms of the English ones: %s', (name) => {
    expect(messagesOf(textFile(language, name))).toEqual(messagesOf(textFile('en', name)));
    expect(incompletePlurals(textFile(language, name), language)).toEqual([]);
  });

  it('are filled in wherever the English ones are', () => {
    const empty = (tag: string): string[] =>
      flatTexts(textsOf(tag)).flatMap(([key, text]) => (text.trim() === '' ? [key] : []));
    expect(empty(language)).toEqual(empty('en'));
  });
});

describe('what the portal says', () => {
  it('has a German sentence for every problem of a package, and none that no gate reports', () => {
    expect(GATES.length).toBeGreaterThan(100);
    expect(Object.keys(gateTexts()).sort()).toEqual([...new Set(GATES)].sort());
    for (const sentences of Object.values(gateTexts()))
      for (const sentence of sentences) expect(sentence).toMatch(/[.:]$|\.“?$/);
  });

  it('has words for every deed that the audit log records', () => {
    expect(DEEDS.length).toBeGreaterThan(40);
    expect(DEEDS.filter((deed) => typeof textAt(textsOf('en'), `audit.did.${deed}`) !== 'string')).toEqual([]);
  });
});
