import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { packageRoot } from '#kernel';
import { flatTexts, incompletePlurals, messagesOf } from '../support/texts.js';

const filesIn = (folder: string): string[] =>
  readdirSync(join(packageRoot(), folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`);

const FILES = [...filesIn('libs'), ...filesIn('apps/api/src')];
/** `…/texts/<feature>/<language>.json`. */
const TEXTS = FILES.filter((path) => /\/texts\/[\w-]+\/[\w-]+\.json$/.test(path));

const read = (path: string): string => readFileSync(join(packageRoot(), path), 'utf8');
const textsIn = (path: string): object => JSON.parse(read(path)) as object;
const languageOf = (path: string): string => basename(path, '.json');
const englishOf = (path: string): object => textsIn(`${dirname(path)}/en.json`);

describe('the texts of pages and mails', () => {
  it('are found', () => {
    expect(TEXTS.length).toBeGreaterThan(30);
  });

  it.each(TEXTS)('have the keys, placeholders and plural forms of the English ones: %s', (path) => {
    expect(messagesOf(textsIn(path))).toEqual(messagesOf(englishOf(path)));
    expect(incompletePlurals(textsIn(path), languageOf(path))).toEqual([]);
    expect(flatTexts(textsIn(path)).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it.each(TEXTS)('are imported, so that the build copies them: %s', (path) => {
    const folder = dirname(dirname(dirname(path)));
    const importers = FILES.filter((file) => dirname(file) === folder && file.endsWith('.ts')).map(read);
    const name = `'./texts/${basename(dirname(path))}/${basename(path)}'`;
    expect(importers.some((source) => source.includes(`from ${name}`))).toBe(true);
  });
});
