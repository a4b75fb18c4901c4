import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';
import homeEn from '../locales/en/home.json';
import sharedEn from '../locales/en/shared.json';
import languages from '../locales/languages.json';
import type { Texts } from './text-keys';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Texts };
  }
}

/** Languages of the portal, with their own names. */
export const LANGUAGES: readonly { readonly tag: string; readonly name: string }[] = languages;

type Part = 'first' | 'more';

/**
 * `first` has the texts of the home and sign-in screens, `more` all others.
 * Each imports its JSON files statically. Vite would make a chunk of every JSON
 * file that is imported dynamically, and 20 of them would load with each
 * screen. English has no `first`: its texts are in the initial bundle.
 */
const PARTS = import.meta.glob<Readonly<Record<string, object>>>('../locales/*/{first,more}.ts', { import: 'default' });

/**
 * Files in `api/` translate texts of the API.
 * Each is an i18next namespace.
 * The portal's own texts are in `translation`.
 */
function namespaceOf(name: string): string {
  const [, code] = /^api\/(\w+)/.exec(name) ?? [];
  return code ?? 'translation';
}

const STORAGE_KEY = 'throughline.language';

let currentLanguage = 'en';
let areAllTextsNeeded = false;

async function load(tag: string, part: Part): Promise<void> {
  const files = (await PARTS[`../locales/${tag}/${part}.ts`]?.()) ?? {};
  for (const [path, texts] of Object.entries(files))
    i18n.addResourceBundle(tag, namespaceOf(path.slice('./'.length)), texts, true);
}

/**
 * Loads the texts of all screens but the home screens, in the current language.
 */
export async function loadRemainingTexts(): Promise<void> {
  areAllTextsNeeded = true;
  await load(currentLanguage, 'more');
}

/**
 * Starts in the language stored on this device, else in the browser's language,
 * else in English.
 */
export async function startLanguages(): Promise<void> {
  await i18n.use(initReactI18next).init({
    resources: { en: { translation: { ...sharedEn, ...homeEn } } },
    lng: currentLanguage,
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
  });
  const wanted = localStorage.getItem(STORAGE_KEY) ?? navigator.language.slice(0, 2);
  const found = LANGUAGES.find(({ tag }) => tag === wanted);
  if (found !== undefined) await switchTo(found.tag);
}

/** Changes the language as soon as its texts are loaded, and stores it. */
export async function changeLanguage(tag: string): Promise<void> {
  localStorage.setItem(STORAGE_KEY, tag);
  await switchTo(tag);
}

/**
 * Changes to the language of the account, unless one was chosen on this device.
 */
export async function adoptLanguage(tag: string): Promise<void> {
  const isKnown = LANGUAGES.some((language) => language.tag === tag);
  if (isKnown && tag !== currentLanguage && localStorage.getItem(STORAGE_KEY) === null) await switchTo(tag);
}

async function switchTo(tag: string): Promise<void> {
  await load(tag, 'first');
  if (areAllTextsNeeded) await load(tag, 'more');
  currentLanguage = tag;
  await i18n.changeLanguage(tag);
  document.documentElement.lang = tag;
}
