import { CONTACT_DATES } from './contact-date.js';

/**
 * Languages in which the product itself says what public pages and forms need:
 * labels of fields, opt-in mails, the unsubscribe page.
 */
export const PAGE_LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'ar', 'he'] as const;

/** @param tag BCP 47; a region does not matter. */
export const hasPageTexts = (tag: string): boolean => PAGE_LANGUAGES.some((language) => language === tag.split('-')[0]);

/** Fields of a form whose labels the product has. */
export const LABELLED_FIELDS = [
  'firstName',
  'lastName',
  'email',
  'company',
  'phone',
  'country',
  ...CONTACT_DATES,
  'message',
] as const;

/**
 * Whether a key of a catalogue may be left out: it overrides a label that the
 * product has in this language.
 * @param key `form.firstName`.
 */
export const hasBuiltInText = (tag: string, key: string): boolean =>
  hasPageTexts(tag) && LABELLED_FIELDS.some((field) => key === `form.${field}`);
