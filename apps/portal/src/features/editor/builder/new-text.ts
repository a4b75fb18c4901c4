import type { Template } from './acts';
import { freshKey, type Texts, withCopy } from './email-copy';
import { type Starter, starterText } from './starter-texts';

/** A text for partners under a key of its own, with a first text in each language. */
export function newText(template: Template, starter: Starter): { readonly key: string; readonly texts: Texts } {
  const key = freshKey(template.texts, template.locales, `slots.${template.key}`);
  const texts = template.locales.reduce<Texts>(
    (all, locale) => ({ ...all, ...withCopy(template.texts, locale, key, starterText(locale, starter)) }),
    {},
  );
  return { key, texts };
}
