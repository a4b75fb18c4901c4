import type { z } from 'zod';
import type { BrandProfile, BrandProfileEdit, SessionView } from '#contracts';
import { languagesOf, toLocales } from './other-languages';

/** A change of the profile, as the API takes it. */
export type Edit = z.input<typeof BrandProfileEdit>;

/** Colours of a profile without its own. */
export const STANDARD_COLOURS = {
  primary: '#0f766e',
  onPrimary: '#ffffff',
  secondary: '#f2f4f7',
  onSecondary: '#101828',
  link: '#0f766e',
};

/**
 * Form values of a profile. Defaults for empty fields: the name as legal name,
 * the user as contact person.
 */
export const valuesOf = (profile: BrandProfile, user: SessionView['user']) => ({
  name: profile.name,
  legalName: profile.legalName ?? profile.name,
  legalLine: profile.legalLine ?? '',
  postalAddress: profile.postalAddress ?? '',
  countryCode: profile.countryCode,
  timeZone: profile.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  website: profile.website ?? '',
  privacyUrl: profile.privacyUrl ?? '',
  imprintUrl: profile.imprintUrl ?? '',
  contact: {
    name: profile.contact.name ?? user.name,
    title: profile.contact.title ?? '',
    phone: profile.contact.phone ?? '',
    email: profile.contact.email ?? user.email,
  },
  colours: profile.colours ?? STANDARD_COLOURS,
  locales: languagesOf(profile.locales),
});

const orNull = (text: string) => (text.trim() === '' ? null : text);

export type BrandValues = ReturnType<typeof valuesOf>;

/**
 * Form values as the API takes them.
 * @param colours null: the standard colours.
 */
export const editOf = (values: BrandValues, colours: BrandProfile['colours']): Edit => ({
  ...values,
  legalName: orNull(values.legalName),
  legalLine: orNull(values.legalLine),
  postalAddress: orNull(values.postalAddress),
  website: orNull(values.website),
  privacyUrl: orNull(values.privacyUrl),
  imprintUrl: orNull(values.imprintUrl),
  contact: {
    name: orNull(values.contact.name),
    title: orNull(values.contact.title),
    phone: orNull(values.contact.phone),
    email: orNull(values.contact.email),
  },
  colours,
  locales: toLocales(values.locales),
});
