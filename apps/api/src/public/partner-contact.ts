import { type BrandProfile, inLocale, provenWebsite } from '#brand';
import type { Locale } from '#kernel';
import { phoneLink } from '#organisations';
import type { NextSteps } from './form-pages.js';

/** How readers of a public page reach its partner. */
export function contactOf(profile: BrandProfile, locale: Locale): Pick<NextSteps, 'contact' | 'website'> {
  const { name, phone, email } = inLocale(profile, locale).contact;
  return {
    contact: { name, phone: phone === null ? null : phoneLink(phone, profile.countryCode), email },
    website: provenWebsite(profile),
  };
}
