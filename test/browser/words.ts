import i18n from 'i18next';
import { textsOf } from '../support/portal-texts.js';

export type Language = 'en' | 'de';
/** What the portal says under a key. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

const WORDS = { en: textsOf('en'), de: textsOf('de') };

const speaker = i18n.createInstance();
await speaker.init({
  resources: { en: { translation: WORDS.en }, de: { translation: WORDS.de } },
  interpolation: { escapeValue: false },
});

/** The portal's own words in a language. */
export const sayIn = (language: Language): Say => {
  const say = speaker.getFixedT(language);
  return (key, values = {}) => {
    if (!speaker.exists(key, { lng: language, ...values })) throw new Error(`The portal has no words for ${key}.`);
    return say(key, { ...values });
  };
};

/**
 * Every sentence of a language as it stands in its file, places for values
 * included.
 */
export function sentencesOf(language: Language): readonly string[] {
  const below = (words: object): string[] =>
    Object.values(words).flatMap((one: unknown) => (typeof one === 'string' ? [one] : below(one as object)));
  return below(WORDS[language]);
}
