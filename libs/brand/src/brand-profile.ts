import type { Locale, LogoId, PartnerId } from '#kernel';
import { type BrandColours, contrastProblems, type Named } from './brand-colours.js';
import { hostOf, unprovenHost, type WebsiteStatus } from './host-proof.js';

/** The contact for prospects, printed in mails and documents. */
export interface BrandContact {
  readonly name: string | null;
  readonly title: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}

/** What reads otherwise in one language. */
export interface LocaleOverride {
  readonly legalLine?: string;
  readonly postalAddress?: string;
  /**
   * The contact in this language.
   * Replies go to one address in every language.
   */
  readonly contact?: Partial<Readonly<Record<keyof Omit<BrandContact, 'email'>, string>>>;
}

/** A partner's look and signature in every campaign. Version 0 is empty. */
export interface BrandProfile {
  readonly partnerId: PartnerId;
  readonly version: number;
  readonly name: string;
  readonly legalName: string | null;
  /**
   * Register, directors, tax number: what the law wants below a business
   * letter.
   */
  readonly legalLine: string | null;
  /** With line breaks. */
  readonly postalAddress: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string | null;
  /** IANA name. */
  readonly timeZone: string | null;
  readonly website: string | null;
  /**
   * Hosts that links of this partner may lead to, with their sub-domains:
   * proved by evidence.
   */
  readonly verifiedHosts: readonly string[];
  readonly contact: BrandContact;
  /**
   * Null until chosen or read from a logo; the campaign's own colours are used
   * meanwhile.
   */
  readonly colours: BrandColours | null;
  readonly locales: Readonly<Record<string, LocaleOverride>>;
  readonly logoId: LogoId | null;
}

/** A profile before its first edit. */
export function emptyProfile(partnerId: PartnerId, name: string): BrandProfile {
  return {
    partnerId,
    version: 0,
    name,
    legalName: null,
    legalLine: null,
    postalAddress: null,
    countryCode: null,
    timeZone: null,
    website: null,
    verifiedHosts: [],
    contact: { name: null, title: null, phone: null, email: null },
    colours: null,
    locales: {},
    logoId: null,
  };
}

/** The profile as it reads in one language. */
export function inLocale(profile: BrandProfile, locale: Locale): BrandProfile {
  const override = profile.locales[locale] ?? profile.locales[locale.split('-')[0] ?? ''] ?? {};
  return { ...profile, ...override, contact: { ...profile.contact, ...override.contact } };
}

/** The website, if its host is proved to be the partner's; else null. */
export function provenWebsite(profile: WebsiteStatus): string | null {
  return hostOf(profile.website) === null || unprovenHost(profile) !== null ? null : profile.website;
}

/** Something that a launch still needs. */
export interface Missing {
  readonly field: string;
  readonly sentence: string;
  readonly named?: Named;
}

const UNPROVEN = {
  field: 'website.host',
  sentence:
    'Confirmation of your website: links can go to confirmed websites only. Add the DNS record shown in the brand profile, or invite a person with an e-mail address at that domain to your team.',
};

/**
 * What is missing before a launch, as sentences.
 * Unreadable colours count: no campaign accepts them.
 */
export function missing(profile: BrandProfile): Missing[] {
  const needed: [unknown, string, string][] = [
    [profile.name, 'name', 'Sender name: recipients see it in their inbox.'],
    [profile.legalName, 'legalName', 'Legal name: required in commercial e-mail.'],
    [profile.postalAddress, 'postalAddress', 'Postal address: required in commercial e-mail.'],
    [profile.countryCode, 'countryCode', 'Your country.'],
    [profile.timeZone, 'timeZone', 'Your time zone: it decides when your day starts.'],
    [profile.website, 'website', 'Your website: links in campaigns lead there.'],
    [profile.contact.name, 'contact.name', 'Name of a contact person.'],
    [profile.contact.email, 'contact.email', 'E-mail address for replies.'],
    [profile.logoId, 'logo', 'Logo.'],
  ];
  const empty = needed.filter(([value]) => value === null || value === '');
  return [
    ...empty.map(([, field, sentence]) => ({ field, sentence })),
    ...(profile.website !== null && provenWebsite(profile) === null ? [UNPROVEN] : []),
    ...contrastProblems(profile.colours).map(({ field, message, remedy, named }) => ({
      field,
      sentence: `${message} ${remedy}`,
      named,
    })),
  ];
}
