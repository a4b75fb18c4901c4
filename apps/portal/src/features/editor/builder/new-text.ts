import type { Email } from './acts';
import { freshKey, type Texts, withCopy } from './email-copy';
import { type Starter, starterText } from './starter-texts';

/** A text for partners under a key of its own, with a first text in each language. */
export function newText(email: Email, starter: Starter): { readonly key: string; readonly texts: Texts } {
  const key = freshKey(email.texts, email.locales, `slots.${email.key}`);
  const texts = email.locales.reduce<Texts>(
    (all, locale) => ({ ...all, ...withCopy(email.texts, locale, key, starterText(locale, starter)) }),
    {},
  );
  return { key, texts };
}
