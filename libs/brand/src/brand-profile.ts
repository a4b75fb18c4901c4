import {
  countryOf,
  DomainError,
  isTimeZone,
  type Locale,
  type LogoId,
  parseLocale,
  type PartnerId,
  urlOf,
} from '#kernel';
import { cleanText, contrast, MIN_CONTRAST, maxCharsOf, type ValueProblem } from '#rendering';
import { type Hex, nearestReadable, parseHex, readableOn } from './contrast.js';
import { hostOf, unprovenHost, type WebsiteStanding } from './host-proof.js';

export interface BrandColours {
  readonly primary: Hex;
  readonly onPrimary: Hex;
  readonly secondary: Hex;
  readonly onSecondary: Hex;
  readonly link: Hex;
}

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

/** What a partner may edit; the version, the logo and the hosts follow. */
export type BrandProfileInput = Omit<
  BrandProfile,
  'partnerId' | 'version' | 'verifiedHosts' | 'logoId' | 'colours' | 'contact' | 'locales'
> & {
  readonly contact: BrandContact;
  readonly colours: Readonly<Record<keyof BrandColours, string>> | null;
  readonly locales: Readonly<Record<string, LocaleOverride>>;
};

interface BrandProblem {
  readonly code: string;
  readonly message: string;
  readonly field: string;
  readonly wayOut?: string;
  /** What the message names, for a sentence in another language. */
  readonly named?: ValueProblem['named'];
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
export function provenWebsite(profile: WebsiteStanding): string | null {
  return hostOf(profile.website) === null || unprovenHost(profile) !== null ? null : profile.website;
}

/** What a sentence names, for a sentence in another language. */
type Named = Readonly<Record<string, string | number>>;

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
    ...contrastProblems(profile.colours).map(({ field, message, wayOut, named }) => ({
      field,
      sentence: `${message} ${wayOut ?? ''}`,
      named,
    })),
  ];
}

/**
 * Colours taken from a logo, made readable.
 * @param palette most frequent first.
 */
export function coloursFrom(palette: readonly Hex[]): BrandColours | null {
  const [primary, second] = palette;
  if (primary === undefined) return null;
  const secondary = second ?? '#f2f4f7';
  return {
    primary,
    onPrimary: readableOn(primary),
    secondary,
    onSecondary: readableOn(secondary),
    link: nearestReadable(primary, '#ffffff'),
  };
}

/** A colour that is hard to read, with the nearest one that is not. */
interface FaintColour extends BrandProblem {
  readonly suggestion: Hex;
  readonly ratio: number;
  readonly named: Named;
}

/** Where a colour is hard to read. */
export function contrastProblems(colours: BrandColours | null): FaintColour[] {
  if (colours === null) return [];
  const pairs = [
    {
      field: 'colours.onPrimary',
      colour: colours.onPrimary,
      background: colours.primary,
      what: 'Text on your primary colour',
    },
    {
      field: 'colours.onSecondary',
      colour: colours.onSecondary,
      background: colours.secondary,
      what: 'Text on your secondary colour',
    },
    { field: 'colours.link', colour: colours.link, background: '#ffffff' as Hex, what: 'A link on white' },
  ];
  return pairs
    .map((pair) => ({ ...pair, ratio: contrast(pair.colour, pair.background) }))
    .filter(({ ratio }) => ratio < MIN_CONTRAST)
    .map(({ field, colour, background, what, ratio }) => {
      const suggestion = nearestReadable(colour, background);
      return {
        code: 'contrast-low',
        field,
        ratio: Math.round(ratio * 100) / 100,
        suggestion,
        message: `${what} is hard to read: its contrast is ${ratio.toFixed(1)} : 1, and ${MIN_CONTRAST} : 1 is needed.`,
        wayOut: `Use ${suggestion}.`,
        named: { ratio: Number(ratio.toFixed(1)), needed: MIN_CONTRAST, suggestion },
      };
    });
}

/**
 * Validates and normalises a partner's input.
 * @throws DomainError `brand-profile.invalid` with every problem.
 */
export function checkedInput(
  input: BrandProfileInput,
): Omit<BrandProfile, 'partnerId' | 'version' | 'logoId' | 'verifiedHosts'> {
  const problems: BrandProblem[] = [];
  const refuse: Refuse = (field, code, message, more = {}) => {
    problems.push({ field, code, message, ...more });
    return null;
  };
  const text = (field: string, value: string | null | undefined, max: number): string | null => {
    const tidy = (value ?? '').normalize('NFC').trim();
    if (tidy === '') return null;
    if (tidy.length > max) return refuse(field, 'too-long', `Use at most ${max} characters.`);
    const line = field.endsWith('ostalAddress') || field.endsWith('legalLine') ? tidy.replace(/\r?\n/g, '') : tidy;
    // These values go into every mail: whatever a mail would refuse is refused
    // here.
    const seen = cleanText(field, line, max);
    if (UNSAFE.test(line) || ('problem' in seen && seen.problem.code !== 'text-disguised'))
      return refuse(field, 'characters-unsafe', 'Take out line breaks and invisible characters.');
    if ('text' in seen) return tidy;
    const { message, wayOut, named } = seen.problem;
    return refuse(field, 'letters-mixed', message, { wayOut, ...(named === undefined ? {} : { named }) });
  };
  const as = (
    field: string,
    value: string | null,
    accepts: (value: string) => string | null,
    code: string,
    message: string,
  ): string | null => (value === null ? null : (accepts(value) ?? refuse(field, code, message)));

  const checkedContact = (at: string, given: Partial<BrandContact>): Omit<BrandContact, 'email'> => ({
    name: text(`${at}.name`, given.name, maxCharsOf('partner.contact.name')),
    title: text(`${at}.title`, given.title, maxCharsOf('partner.contact.title')),
    phone: text(`${at}.phone`, given.phone, 40),
  });

  const website = as(
    'website',
    text('website', input.website, 300),
    webAddress,
    'website-invalid',
    'Write an address such as https://www.example.com.',
  );
  const checked = {
    name: text('name', input.name, maxCharsOf('partner.name')) ?? '',
    legalName: text('legalName', input.legalName, maxCharsOf('partner.legalName')),
    legalLine: text('legalLine', input.legalLine, maxCharsOf('partner.legalLine')),
    postalAddress: text('postalAddress', input.postalAddress, maxCharsOf('partner.address')),
    countryCode: as(
      'countryCode',
      text('countryCode', input.countryCode, 2),
      countryOf,
      'country-unknown',
      'Use a two-letter country code such as "DE".',
    ),
    timeZone: as(
      'timeZone',
      text('timeZone', input.timeZone, 60),
      zone,
      'time-zone-unknown',
      'Use the name of a time zone, such as "Europe/Berlin".',
    ),
    website,
    contact: {
      ...checkedContact('contact', input.contact),
      email: as(
        'contact.email',
        text('contact.email', input.contact.email, 254),
        mailbox,
        'email-invalid',
        'Write an e-mail address such as ada@example.com.',
      ),
    },
    colours: checkedColours(input.colours, refuse),
    locales: checkedLocales(input.locales, text, checkedContact, refuse),
  };
  if (checked.name === '' && !problems.some(({ field }) => field === 'name'))
    refuse('name', 'missing', 'Write your name.');
  const [first] = problems;
  if (first === undefined) return checked;
  throw new DomainError('brand-profile.invalid', `${first.field}: ${first.message}`, { field: first.field, problems });
}

/**
 * The profile with these changes, for a preview.
 * Unchanged fields are not validated: an older value may break a newer rule.
 * @throws DomainError as `checkedInput`, for the changed fields alone.
 */
export function withChanges(profile: BrandProfile, changes: Partial<BrandProfileInput>): BrandProfile {
  const checked = checkedInput({ ...emptyProfile(profile.partnerId, profile.name), ...changes });
  const changed = Object.entries(checked).filter(([field]) => field in changes);
  return { ...profile, ...Object.fromEntries(changed) };
}

type Refuse = (field: string, code: string, message: string, more?: Pick<BrandProblem, 'wayOut' | 'named'>) => null;

function checkedColours(input: BrandProfileInput['colours'], refuse: Refuse): BrandColours | null {
  if (input === null) return null;
  const one = (field: keyof BrandColours): Hex =>
    parseHex(input[field]) ?? refuse(`colours.${field}`, 'colour-invalid', 'Write a colour as #rrggbb.') ?? '#000000';
  return {
    primary: one('primary'),
    onPrimary: one('onPrimary'),
    secondary: one('secondary'),
    onSecondary: one('onSecondary'),
    link: one('link'),
  };
}

function checkedLocales(
  input: BrandProfileInput['locales'],
  text: (field: string, value: string | undefined, max: number) => string | null,
  checkedContact: (at: string, given: Partial<BrandContact>) => Omit<BrandContact, 'email'>,
  refuse: Refuse,
): Record<string, LocaleOverride> {
  const overrides: Record<string, LocaleOverride> = {};
  for (const [tag, given] of Object.entries(input)) {
    const locale = parseLocale(tag);
    if (locale === null) {
      refuse(`locales.${tag.slice(0, 40)}`, 'locale-unknown', 'Use a language code such as "de".');
      continue;
    }
    const legalLine = text(`locales.${locale}.legalLine`, given.legalLine, maxCharsOf('partner.legalLine'));
    const postalAddress = text(`locales.${locale}.postalAddress`, given.postalAddress, maxCharsOf('partner.address'));
    const contact = Object.entries(checkedContact(`locales.${locale}.contact`, given.contact ?? {})).flatMap(
      ([field, written]) => (written === null ? [] : [[field, written] as const]),
    );
    overrides[locale] = {
      ...(legalLine === null ? {} : { legalLine }),
      ...(postalAddress === null ? {} : { postalAddress }),
      ...(contact.length === 0 ? {} : { contact: Object.fromEntries(contact) }),
    };
  }
  return overrides;
}

// Controls, line separators and what turns the direction of the text around it
// (Unicode TR9).
// eslint-disable-next-line no-control-regex -- finding them is the purpose
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u;

function webAddress(value: string): string | null {
  const address = /^https?:\/\//i.test(value) ? value : `https://${value}`;
  const url = urlOf(address);
  if (url === null) return null;
  const isPlain = url.username === '' && url.password === '' && url.port === '';
  return isPlain && /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+$/.test(url.hostname) ? url.href : null;
}

const zone = (value: string): string | null => (/^[A-Za-z]/.test(value) && isTimeZone(value) ? value : null);

const mailbox = (value: string): string | null =>
  /^[\w!#$%&'*+/=?^`{|}~.-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(value) ? value : null;
