import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from '../locales/en';
import type { moreEn } from '../locales/en.more';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en & typeof moreEn };
  }
}

/** The interface's languages, each by its own name. */
export const LANGUAGES = [
  { tag: 'en', name: 'English' },
  { tag: 'de', name: 'Deutsch' },
] as const;

const KEPT = 'throughline.language';

/** The English words of screens that are no home; other languages come with all of theirs. */
export async function loadMoreWords(): Promise<void> {
  const { moreEn: words } = await import('../locales/en.more');
  i18n.addResourceBundle('en', 'translation', words, true);
}

/** Starts with the language chosen here before, else the browser's, else English. */
export async function startLanguages(): Promise<void> {
  await i18n.use(initReactI18next).init({
    resources: { en: { translation: en } },
    lng: 'en',
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
  });
  const wanted = localStorage.getItem(KEPT) ?? navigator.language.slice(0, 2);
  if (LANGUAGES.some(({ tag }) => tag === wanted)) await speak(wanted);
}

export async function speak(tag: string): Promise<void> {
  if (tag === 'de' && !i18n.hasResourceBundle('de', 'translation')) {
    const [{ de }, { GERMAN_REASONS }, { GERMAN_MISSING, GERMAN_PROBLEMS }, { GERMAN_GATES }] = await Promise.all([
      import('../locales/de'),
      import('../locales/de.reasons'),
      import('../locales/de.problems'),
      import('../locales/de.gates'),
    ]);
    i18n.addResourceBundle('de', 'translation', de);
    i18n.addResourceBundle('de', 'reasons', GERMAN_REASONS);
    i18n.addResourceBundle('de', 'problems', GERMAN_PROBLEMS);
    i18n.addResourceBundle('de', 'missing', GERMAN_MISSING);
    i18n.addResourceBundle('de', 'gates', GERMAN_GATES);
  }
  await i18n.changeLanguage(tag);
  localStorage.setItem(KEPT, tag);
  document.documentElement.lang = tag;
}
