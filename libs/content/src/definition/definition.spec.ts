import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { CAMPAIGN_YAML, campaignFiles } from '../package/package.fixture.js';
import { missingKeys, readCatalogue, unusedKeys } from './catalogue.js';
import { readDefinition } from './definition-reader.js';
import { referenceProblems } from './definition-references.js';
import { type Locale, packageRoot, type SourceProblem } from '#kernel';
import { sequenceProblems, sequenceSchema } from '#sequencing';

const located = (problems: readonly SourceProblem[]): string[] =>
  problems.map(({ code, file, line, column }) => `${file}:${line}:${column} ${code}`);
const read = (yaml: string) => readDefinition(Buffer.from(yaml));
const changed = (from: string, to: string): string => CAMPAIGN_YAML.replace(from, to);

function references(yaml: string, changes: Readonly<Record<string, string | null>> = {}): SourceProblem[] {
  const definition = read(yaml);
  if (definition.read === null || definition.read.partial) throw new Error(JSON.stringify(definition.problems));
  const files = campaignFiles(changes);
  const catalogues = ['en', 'de'].flatMap((tag) => {
    const bytes = files.get(`locales/${tag}.yaml`);
    const { catalogue } = bytes === undefined ? { catalogue: null } : readCatalogue(tag as Locale, bytes);
    return catalogue === null ? [] : [catalogue];
  });
  return referenceProblems(definition.read, { files }, catalogues);
}

describe('campaign.yaml', () => {
  it('is read with links and steps by kind', () => {
    const { definition } = read(CAMPAIGN_YAML).read!;
    expect(definition.links['offer']).toMatchObject({ kind: 'partner' });
    expect(definition.sequence.steps).toEqual([{ key: 'welcome', kind: 'email', email: 'welcome' }]);
  });

  it('points at an unknown field and names the one that was meant', () => {
    const { problems } = read(changed('theme: security', 'themes: security'));
    expect(located(problems)).toEqual(['campaign.yaml:1:1 field-missing', 'campaign.yaml:5:1 field-unknown']);
    expect(problems[1]?.remedy).toContain('Did you mean "theme"?');
  });

  it('points at a field in the depth', () => {
    expect(located(read(changed('preheader: welcome.preheader', 'preheader: 7')).problems)).toEqual([
      'campaign.yaml:14:80 field-invalid',
    ]);
  });

  it('points at broken YAML', () => {
    expect(located(read(changed('theme: security', 'theme: [security')).problems)[0]).toMatch(
      /^campaign.yaml:\d+:\d+ yaml-invalid$/,
    );
  });

  it('is refused for a key that is in one map twice, and not in two maps', () => {
    expect(located(read('a: { key: 1 }\nb: { key: 1, other: 2, key: 3 }\n').problems)).toEqual([
      'campaign.yaml:2:24 yaml-invalid',
    ]);
  });

  it('is refused for more keys than any campaign has, in time', () => {
    const began = process.cpuUsage().user;
    const { problems } = read(Array.from({ length: 150_000 }, (_, at) => `k${at}: 1`).join('\n'));
    expect(located(problems)).toEqual(['campaign.yaml:10001:1 yaml-too-large']);
    expect((process.cpuUsage().user - began) / 1_000_000).toBeLessThan(8);
  });

  it('is refused for aliases that grow without end', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from(
      { length: 8 },
      (_, at) =>
        `b${at}: &b${at} [${Array(9)
          .fill(at === 0 ? '*a' : `*b${at - 1}`)
          .join(',')}]`,
    ).join('\n')}`;
    expect(located(read(bomb).problems)).toEqual(['campaign.yaml:2:10 yaml-aliases']);
  });

  it.each([
    ['a colour by name', "primary: '#0b5cad'", 'primary: blue'],
    ['an http link', 'https://www.northwind', 'http://www.northwind'],
    ['a link with a password', 'https://www.northwind', 'https://a:b@www.northwind'],
    ['a link that leads to two places', 'partner: true', 'partner: true, page: landing'],
    ['a window that ends before it begins', "to: '17:00'", "to: '08:00'"],
    ['a step that is an email and a wait', 'email: welcome }', 'email: welcome, wait: { days: 1 } }'],
    ['a language tag of no language', 'locales: [en, de]', 'locales: [en, d]'],
    ['a name with spaces', 'name: zero-trust-edge', 'name: Zero trust'],
    ['a campaign without locks', 'locks: [legal, footer]', 'locks: []'],
  ])('is refused for %s', (_, from, to) => {
    const { problems } = read(changed(from, to));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every(({ line, column }) => line !== null && column !== null)).toBe(true);
  });

  it('lets the rest be looked at in spite of a mistake', () => {
    const { read: rest } = read(changed('theme: security', 'themes: security'));
    expect(rest?.partial).toBe(true);
    expect(Object.keys(rest?.definition.emails ?? {})).toEqual(['welcome']);
  });
});

describe('references of a campaign', () => {
  it('are all there', () => {
    expect(references(CAMPAIGN_YAML)).toEqual([]);
  });

  it.each([
    ['a missing file', 'emails/welcome.mjml', 'emails/welcom.mjml', 'campaign.yaml:14:22 file-missing'],
    ['a file of the wrong type', 'emails/welcome.mjml', 'locales/en.yaml', 'campaign.yaml:14:22 file-type-wrong'],
    ['an unknown key', 'welcome.subject', 'welcome.subjekt', 'campaign.yaml:14:52 key-unknown'],
    ['an unknown email', 'email: welcome }', 'email: welcom }', 'campaign.yaml:18:30 email-unknown'],
    [
      'an unknown page',
      "target: 'https://www.northwind.example/edge/demo', tracked: true",
      'page: landing',
      'campaign.yaml:10:17 page-unknown',
    ],
    ['a title without a locale', ', de: Zero Trust am Netzrand', '', 'campaign.yaml:3:8 locale-missing'],
    [
      'a locale without a catalogue',
      'locales: [en, de]',
      'locales: [en, de, fr]',
      'campaign.yaml:6:19 catalogue-missing',
    ],
  ])('name %s with its place', (_, from, to, expected) => {
    expect(located(references(changed(from, to)))).toContain(expected);
  });

  it('name steps that share a key', () => {
    const twice = `${CAMPAIGN_YAML}    - { key: welcome, wait: { days: 2 } }\n`;
    expect(located(references(twice))).toEqual(['campaign.yaml:19:14 step-twice']);
  });
});

describe('catalogues', () => {
  const catalogue = (tag: string, yaml: string) => readCatalogue(tag as Locale, Buffer.from(yaml));

  it('are flat keys with places', () => {
    const read = catalogue('en', 'a:\n  b: Hello\n').catalogue!;
    expect(read.texts['a.b']).toBe('Hello');
    expect(read.places.get('a.b')).toEqual({ line: 2, column: 6 });
  });

  it('refuse what is no text, with its place', () => {
    expect(located(catalogue('en', 'a:\n  b: [1]\n  c: 2\n').problems)).toEqual([
      'locales/en.yaml:2:6 text-expected',
      'locales/en.yaml:3:6 text-expected',
    ]);
  });

  it('name a key that one of them lacks', () => {
    const gaps = missingKeys([catalogue('en', 'a: 1x\nb: 2x').catalogue!, catalogue('de', 'a: 1x').catalogue!]);
    expect(gaps.map(({ file, message }) => [file, message])).toEqual([
      ['locales/de.yaml', 'The key b is missing; locales/en.yaml has it.'],
    ]);
  });

  it('may leave out a label of a form that the product has in their language, and no other', () => {
    const own = catalogue('en', 'form: { firstName: First, submit: Send }').catalogue!;
    const gapsIn = (locale: string): string[] =>
      missingKeys([own, catalogue(locale, 'a: x').catalogue!, catalogue('en-GB', 'a: x').catalogue!])
        .filter(({ file }) => file === `locales/${locale}.yaml`)
        .map(({ message }) => message);
    expect(gapsIn('fr-CH')).toEqual(['The key form.submit is missing; locales/en.yaml has it.']);
    expect(gapsIn('pl')).toHaveLength(2);
  });

  it('warn of a key that nothing shows', () => {
    const unused = unusedKeys(catalogue('en', 'a: x\nb: y').catalogue!, new Set(['a']));
    expect(unused.map(({ severity, line }) => [severity, line])).toEqual([['warning', 2]]);
  });
});

describe('the sequence in docs/campaign-package.md', () => {
  it('is read as it stands there, without a problem', () => {
    const page = readFileSync(join(packageRoot(), 'docs/campaign-package.md'), 'utf8');
    const [, written] = /```yaml sequence\n([\s\S]*?)```/.exec(page) ?? [];
    const sequence = sequenceSchema.parse(parse(written!));
    expect(new Set(sequence.steps.map(({ kind }) => kind)).size).toBe(8);
    expect(sequenceProblems(sequence)).toEqual([]);
  });

  it('and its entries are, each of a kind of its own', () => {
    const page = readFileSync(join(packageRoot(), 'docs/campaign-package.md'), 'utf8');
    const [, written] = /```yaml entries\n([\s\S]*?)```/.exec(page) ?? [];
    const sequence = sequenceSchema.parse(parse(written!));
    expect(new Set(sequence.entries?.map(({ when }) => when.on)).size).toBe(8);
    expect(sequenceProblems(sequence)).toEqual([]);
  });
});
