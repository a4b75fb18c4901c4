import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { en } from '../locales/en';
import { homeEn } from '../locales/en.home';
import type { moreEn } from '../locales/en.more';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof homeEn & typeof en & typeof moreEn };
  }
}

/** The interface's languages, each by its own name. */
export const LANGUAGES = [
  { tag: 'en', name: 'English' },
  { tag: 'de', name: 'Deutsch' },
] as const;

type Tag = (typeof LANGUAGES)[number]['tag'];
/** Words by what they are about: `translation` is what the portal says itself, the others what it says in the API's stead. */
type Words = Readonly<Record<string, object>>;

/** Who opens a home does not pay for the words of the other screens. */
const WORDS: Readonly<Record<Tag, Readonly<Record<'first' | 'more', () => Promise<Words>>>>> = {
  en: {
    first: () => Promise.resolve({ translation: homeEn }),
    more: async () => {
      const [{ en }, { moreEn }] = await Promise.all([import('../locales/en'), import('../locales/en.more')]);
      return { translation: { ...en, ...moreEn } };
    },
  },
  de: {
    first: async () => {
      const [{ homeDe }, said] = await Promise.all([import('../locales/de.home'), import('../locales/de.problems')]);
      return { translation: homeDe, problems: said.GERMAN_PROBLEMS, missing: said.GERMAN_MISSING };
    },
    more: async () => {
      const [{ de }, { moreDe }, { GERMAN_REASONS }, { GERMAN_GATES }, { GERMAN_VALUES }, said] = await Promise.all([
        import('../locales/de'),
        import('../locales/de.more'),
        import('../locales/de.reasons'),
        import('../locales/de.gates'),
        import('../locales/de.values'),
        import('../locales/de.more-problems'),
      ]);
      return {
        translation: { ...de, ...moreDe },
        reasons: GERMAN_REASONS,
        gates: GERMAN_GATES,
        values: GERMAN_VALUES,
        problems: said.MORE_GERMAN_PROBLEMS,
      };
    },
  },
};

const KEPT = 'throughline.language';

let spoken: Tag = 'en';
/** Whether a screen was opened that is no home. */
let isMoreNeeded = false;

async function load(tag: Tag, part: 'first' | 'more'): Promise<void> {
  for (const [about, words] of Object.entries(await WORDS[tag][part]()))
    i18n.addResourceBundle(tag, about, words, true);
}

/** The words of screens that are no home, in the language that is spoken. */
export async function loadMoreWords(): Promise<void> {
  isMoreNeeded = true;
  await load(spoken, 'more');
}

/** Starts with the language chosen here before, else the browser's, else English. */
export async function startLanguages(): Promise<void> {
  await i18n.use(initReactI18next).init({
    resources: { en: { translation: homeEn } },
    lng: spoken,
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
  });
  const wanted = localStorage.getItem(KEPT) ?? navigator.language.slice(0, 2);
  const found = LANGUAGES.find(({ tag }) => tag === wanted);
  if (found !== undefined) await speak(found.tag);
}

/** Changes the language, once its words are here. */
export async function speak(tag: Tag): Promise<void> {
  await load(tag, 'first');
  if (isMoreNeeded) await load(tag, 'more');
  spoken = tag;
  await i18n.changeLanguage(tag);
  localStorage.setItem(KEPT, tag);
  document.documentElement.lang = tag;
}
