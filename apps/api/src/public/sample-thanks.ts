import { SAMPLE_PARTNER, type ShownCanvas } from '#campaigns';
import { thanksPage } from './form-pages.js';

/**
 * What a reader sees after the form of an edited page was sent.
 * @param shown language (BCP 47) and partner of the page.
 */
export function sampleThanksPage(
  { text, isConfirmed, nextLabel }: NonNullable<ShownCanvas['thanks']>,
  { locale, partnerName }: Pick<NonNullable<ShownCanvas['preview']>, 'locale' | 'partnerName'>,
): string {
  const { contact, website } = SAMPLE_PARTNER;
  const phone = { url: `tel:${contact.phone.replaceAll(' ', '')}`, text: contact.phone };
  const first = nextLabel === null ? null : { path: '#', label: nextLabel };
  const next = { first, documents: [], contact: { ...contact, phone }, website };
  const brand = { name: partnerName, logo: null, darkLogo: null, colours: null };
  return thanksPage(text, locale, isConfirmed, next, { brand, slug: null });
}
