import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';

const LOCALES = join(packageRoot(), 'apps/portal/src/locales');

type Tree = Readonly<Record<string, unknown>>;

const read = (path: string): Tree => JSON.parse(readFileSync(join(LOCALES, path), 'utf8')) as Tree;

/** The languages of the portal, as its account menu lists them. */
export const languages = (): readonly string[] =>
  (JSON.parse(readFileSync(join(LOCALES, 'languages.json'), 'utf8')) as { tag: string }[]).map(({ tag }) => tag);

/** Names of the files of a language, without those in `api/`. */
export const textFiles = (language: string): readonly string[] =>
  readdirSync(join(LOCALES, language))
    .filter((name) => name.endsWith('.json'))
    .sort();

/** One file of a language: nested keys down to texts. */
export const textFile = (language: string, name: string): Tree => read(`${language}/${name}`);

/** The portal's own texts of a language, all files in one object. */
export function textsOf(language: string): Tree {
  const entries = textFiles(language).flatMap((name) => Object.entries(textFile(language, name)));
  return Object.fromEntries(entries);
}

/**
 * German texts for what the API says in English: `locales/de/api/<name>.json`,
 * texts by code.
 */
export const apiTexts = (name: string): Readonly<Record<string, string>> =>
  read(`de/api/${name}.json`) as Record<string, string>;

/**
 * German texts of the quality gates: what is wrong, and how to put it right.
 */
export const gateTexts = (): Readonly<Record<string, readonly [problem: string, fix: string]>> =>
  read('de/api/gates.json') as Record<string, readonly [string, string]>;
