import type { Locale, LogoId, PartnerId } from '#kernel';
import { type BrandColours, contrastProblems, type Named } from './brand-colours.js';
import { hostOf, unprovenHost, type WebsiteStatus } from './host-proof.js';
import { isLegalPageNeeded, type LegalPage } from './legal-pages.js';

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
  /** Address of the privacy policy. */
  readonly privacyUrl: string | null;
  /** Address of the imprint (legal notice). */
  readonly imprintUrl: string | null;
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
    privacyUrl: null,
    imprintUrl: null,
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

/**
 * A page of the company that the law asks for, if its host is proved to be the
 * partner's; else null. Never the home page: readers look for the page itself.
 */
export const provenLegalPage = (profile: BrandProfile, page: LegalPage): string | null =>
  provenWebsite({ website: profile[page], verifiedHosts: profile.verifiedHosts });

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

const LEGAL_PAGES = [
  {
    page: 'privacyUrl',
    needed:
      'Privacy policy: the law of your country asks for it where you collect data. Every e-mail and form links to it.',
    unproven: 'Confirmation of the website with your privacy policy: links can go to confirmed websites only.',
  },
  {
    page: 'imprintUrl',
    needed: 'Imprint: the law of your country asks for it in business e-mail. Every e-mail and page links to it.',
    unproven: 'Confirmation of the website with your imprint: links can go to confirmed websites only.',
  },
] as const;

/** Where the website is not confirmed either, its own sentence says it. */
function missingLegalPages(profile: BrandProfile): Missing[] {
  const { verifiedHosts, countryCode } = profile;
  const known = unprovenHost(profile);
  return LEGAL_PAGES.flatMap(({ page, needed, unproven }): Missing[] => {
    if ((profile[page] ?? '') === '')
      return isLegalPageNeeded(page, countryCode) ? [{ field: page, sentence: needed }] : [];
    const host = unprovenHost({ website: profile[page], verifiedHosts });
    return host === null || host === known ? [] : [{ field: `${page}.host`, sentence: unproven }];
  });
}

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
    ...missingLegalPages(profile),
    ...contrastProblems(profile.colours).map(({ field, message, remedy, named }) => ({
      field,
      sentence: `${message} ${remedy}`,
      named,
    })),
  ];
}
