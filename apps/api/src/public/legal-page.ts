import { type BrandProfile, inLocale } from '#brand';
import { phoneLink } from '#organisations';
import type { Locale } from '#kernel';
import { legalLinkNames } from '#rendering';
import { escapeHtml, frame, type PageOwner, said } from './page-frame.js';
import { PAGE_TEXTS } from './page-texts.js';

/**
 * Who is responsible, from the brand profile: for a company that names no page
 * of its own, which the law of its country does not ask for.
 * @param language BCP 47, of the reader.
 */
export function legalPage(
  kind: 'imprint' | 'privacy',
  profile: BrandProfile,
  owner: PageOwner,
  language: string,
): string {
  const { t, language: shownIn } = PAGE_TEXTS.in(language);
  const { name, legalName, postalAddress, legalLine, contact } = inLocale(profile, shownIn as Locale);
  const company = legalName ?? name;
  const title = legalLinkNames(shownIn)[kind];
  const text =
    kind === 'privacy' && contact.email !== null
      ? t('legal.privacy', { company, email: contact.email })
      : t('legal.imprint', { company });
  const lines = [company, ...(postalAddress ?? '').split('\n'), legalLine ?? ''].filter((line) => line.trim() !== '');
  const reach = [
    ...(contact.phone === null
      ? []
      : [phoneLink(contact.phone, profile.countryCode)].map(
          ({ text: number, url }) => `<a href="${escapeHtml(url)}" dir="ltr">${escapeHtml(number)}</a>`,
        )),
    ...(contact.email === null
      ? []
      : [`<a href="mailto:${escapeHtml(contact.email)}" dir="ltr">${escapeHtml(contact.email)}</a>`]),
  ];
  const address = `<address dir="auto">${[...lines.map(escapeHtml), ...reach].join('<br>')}</address>`;
  return frame(shownIn, title, said(title, text) + address, owner);
}
