import { isMap, isScalar, isSeq } from 'yaml';
import { catalogueOf } from '../copy-table';
import { attributeOf, blocksOf, contentOf as markupIn, parseSource } from '#template-source';
import { declarationsOf, templateOf } from '../new-files';
import { changeYaml, readYamlOnly, textsOf } from '../yaml-file';

const CAMPAIGN = 'campaign.yaml';

type Texts = Readonly<Record<string, string>>;

export const COLOURS = ['primary', 'onPrimary', 'secondary', 'onSecondary', 'link'] as const;
export type Colour = (typeof COLOURS)[number];

/** What the form of a campaign's details shows. */
export interface WrittenDetails {
  readonly title: Readonly<Record<string, string>>;
  readonly summary: Readonly<Record<string, string>>;
  readonly theme: string;
  readonly locales: readonly string[];
  readonly colours: Readonly<Partial<Record<Colour, string>>>;
}

/** Details of `campaign.yaml`; null if it cannot be read. */
export function readDetails(campaign: string): WrittenDetails | null {
  const file = readYamlOnly(campaign);
  if (!file.ok) return null;
  const { document } = file;
  const theme = document.get('theme');
  const mapAt = (path: readonly string[]): Record<string, string> => {
    const node = document.getIn(path);
    return isMap(node) ? (node.toJSON() as Record<string, string>) : {};
  };
  return {
    title: mapAt(['title']),
    summary: mapAt(['summary']),
    theme: typeof theme === 'string' ? theme : '',
    locales: declarationsOf({ [CAMPAIGN]: campaign }).locales,
    colours: mapAt(['brand', 'defaults']),
  };
}

export const withTextIn = (campaign: string, field: 'title' | 'summary', tag: string, text: string): string =>
  changeYaml(campaign, (document) => document.setIn([field, tag], text));

export const withTheme = (campaign: string, theme: string): string =>
  changeYaml(campaign, (document) => document.set('theme', theme));

export const withColour = (campaign: string, colour: Colour, value: string): string =>
  changeYaml(campaign, (document) => document.setIn(['brand', 'defaults', colour], value));

/** Makes a language the default: partners and contacts without their own get it. */
export const withDefaultLanguage = (campaign: string, tag: string): string =>
  changeYaml(campaign, (document) => {
    const locales = document.get('locales');
    if (!isSeq(locales)) return;
    const isChosen = (item: unknown): boolean => isScalar(item) && item.value === tag;
    locales.items = [...locales.items.filter(isChosen), ...locales.items.filter((item) => !isChosen(item))];
  });

/** What is deleted with a language. */
export interface LanguageContent {
  readonly texts: number;
  readonly documents: readonly string[];
}

/** Texts of a language, and documents that no other language has. */
export function contentOf(
  texts: Texts,
  tag: string,
  without: Readonly<Record<string, string | null>>,
): LanguageContent {
  const file = readYamlOnly(texts[catalogueOf(tag)] ?? '');
  const documents = Object.keys(without).filter((path) => without[path] === null && path !== catalogueOf(tag));
  return { texts: file.ok ? textsOf(file.document).length : 0, documents };
}

/** A named part of e-mails that cannot be changed, such as a legal note. */
export interface WrittenLock {
  readonly name: string;
  /** Its words in the first e-mail that has it; fields are left out. */
  readonly words: string;
  /** Every e-mail must have it. */
  readonly isRequired: boolean;
  /** Keys of the e-mails that lack it. */
  readonly missingIn: readonly string[];
}

/** Locks that `campaign.yaml` requires, and others of its e-mails. */
export function readLocks(texts: Texts, tag: string): WrittenLock[] {
  const required = requiredLocks(texts[CAMPAIGN] ?? '');
  const emails = declarationsOf(texts).emails.map((key) => ({
    key,
    locks: locksIn(texts[templateOf(texts, 'email', key)] ?? ''),
  }));
  const names = new Set([...required, ...emails.flatMap(({ locks }) => [...locks.keys()])]);
  return [...names].map((name) => {
    const source = emails.find(({ locks }) => locks.has(name))?.locks.get(name) ?? '';
    return {
      name,
      words: wordsOf(source, texts, tag),
      isRequired: required.includes(name),
      missingIn: emails.filter(({ locks }) => !locks.has(name)).map(({ key }) => key),
    };
  });
}

const locksIn = (template: string): ReadonlyMap<string, string> =>
  new Map(
    blocksOf(parseSource(template)).flatMap((block) =>
      block.name === 'tc-lock'
        ? [[attributeOf(template, block, 'name') ?? '', markupIn(template, block)] as const]
        : [],
    ),
  );

function requiredLocks(campaign: string): string[] {
  const file = readYamlOnly(campaign);
  const locks = file.ok ? file.document.get('locks') : null;
  return isSeq(locks) ? locks.items.flatMap((item) => (isScalar(item) ? [String(item.value)] : [])) : [];
}

function wordsOf(source: string, texts: Texts, tag: string): string {
  const file = readYamlOnly(texts[catalogueOf(tag)] ?? '');
  return source
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/\{\{\s*t "([^"]+)"\s*\}\}/g, (_, key: string) => {
      const text = file.ok ? file.document.getIn(key.split('.')) : null;
      return typeof text === 'string' ? text : '';
    })
    .replaceAll(/\{\{[^{}]*\}\}/g, '…')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Whether every e-mail must have a lock. */
export const withRequiredLock = (campaign: string, name: string, isRequired: boolean): string =>
  changeYaml(campaign, (document) => {
    const locks = document.get('locks');
    if (!isSeq(locks)) return;
    if (isRequired) locks.add(name);
    else locks.items = locks.items.filter((item) => !isScalar(item) || item.value !== name);
  });
