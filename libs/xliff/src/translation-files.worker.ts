import { campaignTexts, translationsInto } from '#translation';
import { checkImport } from './import-check.js';
import { readXliff } from './read-xliff.js';
import type { TranslationAnswer, TranslationWork } from './translation-files.js';
import { writeXliff } from './write-xliff.js';

const NOTHING: TranslationAnswer = { translations: {}, xliff: '', texts: [] };

/** Reads and compares texts in this process, which can be killed. */
export function run(work: TranslationWork): Promise<TranslationAnswer> {
  const texts = campaignTexts(work.files);
  const [sourceLocale = '', ...others] = texts.locales;
  if (work.kind === 'list') {
    const locales = work.locales ?? others;
    const translations = locales.map((locale) => [locale, translationsInto(texts, locale, work.records)] as const);
    return Promise.resolve({ ...NOTHING, translations: Object.fromEntries(translations) });
  }
  const { campaign, locale } = work;
  const target = { campaign, sourceLocale, locale, translations: translationsInto(texts, locale, work.records) };
  if (work.kind === 'export') return Promise.resolve({ ...NOTHING, xliff: writeXliff(target) });
  return Promise.resolve().then(() => ({ ...NOTHING, texts: checkImport(readXliff(work.file), target) }));
}
