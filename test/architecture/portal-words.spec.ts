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

/**
 * Codes among the details of audit entries that the log shows: those that the
 * tables allow, and those that services write down.
 */
const SHOWN_CODES = ['reason', 'source', 'basis', 'scope', 'purpose'];
const MIGRATIONS = readdirSync(join(packageRoot(), 'libs/database/migrations'))
  .filter((name) => /-(?:contacts|leads|delivery)\.sql$/.test(name))
  .map((name) => readFileSync(join(packageRoot(), 'libs/database/migrations', name), 'utf8'));
const quoted = (text: string): string[] => [...text.matchAll(/'([^']+)'/g)].map(([, code = '']) => code);
const CODES = new Set([
  ...MIGRATIONS.flatMap((text) =>
    SHOWN_CODES.filter((column) => column !== 'purpose').flatMap((column) =>
      [...text.matchAll(new RegExp(`^  ${column} text NOT NULL CHECK \\(${column} IN \\(([^)]+)\\)`, 'gm'))].flatMap(
        ([, list = '']) => quoted(list),
      ),
    ),
  ),
  ...SOURCES.flatMap((text) =>
    [...text.matchAll(/details: \{([^}]*)\}/g)].flatMap(([, details = '']) =>
      [...details.matchAll(/(?:reason|source|basis|scope|purpose): '([^']+)'/g)].map(([, code = '']) => code),
    ),
  ),
  // Reasons of held, resumed and ended activations.
  ...SOURCES.flatMap((text) =>
    [...text.matchAll(/(?:BySystem|transition)\([^)]*, '([^']+)'\)/g)].map(([, code = '']) => code),
  ),
  'by the partner',
  'by the vendor',
  'sending trouble',
  'relay-consent',
  'the vendor ended the campaign',
  'the last day that the vendor set has come',
  'last-day',
  'the planned day',
]);

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
  it.each(languages())('has words for each code that the activity log shows: %s', (language) => {
    const { audit } = textFile(language, 'team.json') as unknown as { audit: { value: Record<string, string> } };
    expect(CODES.size).toBeGreaterThan(20);
    expect([...CODES].filter((code) => audit.value[code] === undefined)).toEqual([]);
  });

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
