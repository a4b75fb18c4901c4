import { parseEmail, readableText } from '#contracts';
import { countryOf, DomainError, isTimeZone, parseLocale, urlOf } from '#kernel';
import { type CharacterPlace, cleanText, maxCharsOf, mergeTagIn, placeOf, type ValueProblem } from '#rendering';
import type { BrandColours } from './brand-colours.js';
import { type BrandContact, type BrandProfile, emptyProfile, type LocaleOverride } from './brand-profile.js';
import { type Hex, parseHex } from './contrast.js';

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
  readonly remedy?: string;
  /** What the message names, for a sentence in another language. */
  readonly named?: ValueProblem['named'];
}

type CheckedInput = Omit<BrandProfile, 'partnerId' | 'version' | 'logoId' | 'verifiedHosts'>;

/**
 * Validates and normalises a partner's input.
 * @throws DomainError `brand-profile.invalid` with every problem.
 */
export function checkedInput(input: BrandProfileInput): CheckedInput {
  const check = new InputCheck();
  const website = check.formatted('website', input.website, FORMATS.website);
  const checked = {
    name: check.text('name', input.name, maxCharsOf('partner.name')) ?? '',
    legalName: check.text('legalName', input.legalName, maxCharsOf('partner.legalName')),
    legalLine: check.text('legalLine', input.legalLine, maxCharsOf('partner.legalLine')),
    postalAddress: check.text('postalAddress', input.postalAddress, maxCharsOf('partner.address')),
    countryCode: check.formatted('countryCode', input.countryCode, FORMATS.countryCode),
    timeZone: check.formatted('timeZone', input.timeZone, FORMATS.timeZone),
    website,
    privacyUrl: check.formatted('privacyUrl', input.privacyUrl, FORMATS.legalPage),
    imprintUrl: check.formatted('imprintUrl', input.imprintUrl, FORMATS.legalPage),
    contact: {
      ...check.contact('contact', input.contact),
      email: check.formatted('contact.email', input.contact.email, FORMATS.email),
    },
    colours: check.colours(input.colours),
    locales: check.locales(input.locales),
  };
  if (checked.name === '') check.requireName();
  check.refuseProblems();
  return checked;
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

/** Collects the problems of one input. A refused value is null. */
class InputCheck {
  private readonly problems: BrandProblem[] = [];

  /** @returns the trimmed text; null if it is empty. */
  text(field: string, value: string | null | undefined, max: number): string | null {
    const tidy = (value ?? '').split(/\r?\n/).map(readableText).join('\n').trim();
    if (tidy === '') return null;
    if (tidy.length > max) return this.refuse(field, 'too-long', `Use at most ${max} characters.`);
    const line = field.endsWith('ostalAddress') || field.endsWith('legalLine') ? tidy.replace(/\r?\n/g, '') : tidy;
    // These values are part of every mail. A value that a mail refuses is
    // refused here.
    const seen = cleanText(field, line, max);
    const unsafe = line.search(UNSAFE);
    if (unsafe !== -1) return this.refuseCharacter(field, placeOf(line, unsafe));
    if ('problem' in seen && seen.problem.code !== 'text-disguised')
      return this.refuseCharacter(field, seen.problem.named ?? {});
    const tag = mergeTagIn(line);
    if (tag !== null)
      return this.refuse(field, 'merge-tag', `The placeholder ${tag} is not filled here. Write the text without it.`, {
        named: { tag },
      });
    if ('text' in seen) return tidy;
    const { message, remedy, named } = seen.problem;
    return this.refuse(field, 'letters-mixed', message, { remedy, ...(named === undefined ? {} : { named }) });
  }

  private refuseCharacter(field: string, place: Partial<CharacterPlace>): null {
    const { at = '–', codePoint = '–' } = place;
    return this.refuse(
      field,
      'characters-unsafe',
      `Take out line breaks and invisible characters: ${codePoint} at position ${at}.`,
      { named: { at, codePoint } },
    );
  }

  formatted(field: string, value: string | null, { max, accepts, code, message }: Format): string | null {
    const text = this.text(field, value, max);
    return text === null ? null : (accepts(text) ?? this.refuse(field, code, message));
  }

  contact(at: string, given: Partial<BrandContact>): Omit<BrandContact, 'email'> {
    return {
      name: this.text(`${at}.name`, given.name, maxCharsOf('partner.contact.name')),
      title: this.text(`${at}.title`, given.title, maxCharsOf('partner.contact.title')),
      phone: this.text(`${at}.phone`, given.phone, 40),
    };
  }

  colours(input: BrandProfileInput['colours']): BrandColours | null {
    if (input === null) return null;
    const one = (field: keyof BrandColours): Hex =>
      parseHex(input[field]) ??
      this.refuse(`colours.${field}`, 'colour-invalid', 'Write a colour as #rrggbb.') ??
      '#000000';
    return {
      primary: one('primary'),
      onPrimary: one('onPrimary'),
      secondary: one('secondary'),
      onSecondary: one('onSecondary'),
      link: one('link'),
    };
  }

  locales(input: BrandProfileInput['locales']): Record<string, LocaleOverride> {
    const overrides: Record<string, LocaleOverride> = {};
    for (const [tag, given] of Object.entries(input)) {
      const locale = parseLocale(tag);
      if (locale === null)
        this.refuse(`locales.${tag.slice(0, 40)}`, 'locale-unknown', 'Use a language code such as "de".');
      else overrides[locale] = this.override(`locales.${locale}`, given);
    }
    return overrides;
  }

  requireName(): void {
    if (!this.problems.some(({ field }) => field === 'name')) this.refuse('name', 'missing', 'Write your name.');
  }

  /** @throws DomainError `brand-profile.invalid` if there is a problem. */
  refuseProblems(): void {
    const { problems } = this;
    const [first] = problems;
    if (first === undefined) return;
    throw new DomainError('brand-profile.invalid', `${first.field}: ${first.message}`, {
      field: first.field,
      problems,
    });
  }

  private override(at: string, given: LocaleOverride): LocaleOverride {
    const legalLine = this.text(`${at}.legalLine`, given.legalLine, maxCharsOf('partner.legalLine'));
    const postalAddress = this.text(`${at}.postalAddress`, given.postalAddress, maxCharsOf('partner.address'));
    const contact = Object.entries(this.contact(`${at}.contact`, given.contact ?? {})).flatMap(([field, written]) =>
      written === null ? [] : [[field, written] as const],
    );
    return {
      ...(legalLine === null ? {} : { legalLine }),
      ...(postalAddress === null ? {} : { postalAddress }),
      ...(contact.length === 0 ? {} : { contact: Object.fromEntries(contact) }),
    };
  }

  private refuse(
    field: string,
    code: string,
    message: string,
    more: Pick<BrandProblem, 'remedy' | 'named'> = {},
  ): null {
    this.problems.push({ field, code, message, ...more });
    return null;
  }
}

// Controls, line separators and what turns the direction of the text around it
// (Unicode TR9).
// oxlint-disable-next-line no-control-regex -- finding them is the purpose
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u;

function webAddress(value: string): string | null {
  const address = /^https?:\/\//i.test(value) ? value : `https://${value}`;
  const url = urlOf(address);
  if (url === null) return null;
  const isPlain = url.username === '' && url.password === '' && url.port === '';
  return isPlain && /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+$/.test(url.hostname) ? url.href : null;
}

/** A page below the home page: its address has a path, a query or a fragment. */
function pageAddress(value: string): string | null {
  const address = webAddress(value);
  const url = address === null ? null : urlOf(address);
  if (url === null) return null;
  return url.pathname === '/' && url.search === '' && url.hash === '' ? null : url.href;
}

const zone = (value: string): string | null => (isTimeZone(value) ? value : null);

function mailbox(value: string): string | null {
  const address = parseEmail(value);
  return typeof address === 'string' ? null : address.email;
}

interface Format {
  readonly max: number;
  /** @returns the normalised value; null if it has another format. */
  readonly accepts: (value: string) => string | null;
  readonly code: string;
  readonly message: string;
}

const FORMATS = {
  website: {
    max: 300,
    accepts: webAddress,
    code: 'website-invalid',
    message: 'Write an address such as https://www.example.com.',
  },
  legalPage: {
    max: 300,
    accepts: pageAddress,
    code: 'page-invalid',
    message:
      'Write the address of the page itself, such as https://www.example.com/privacy. The home page is not enough.',
  },
  countryCode: {
    max: 2,
    accepts: countryOf,
    code: 'country-unknown',
    message: 'Use a two-letter country code such as "DE".',
  },
  timeZone: {
    max: 60,
    accepts: zone,
    code: 'time-zone-unknown',
    message: 'Use the name of a time zone, such as "Europe/Berlin".',
  },
  email: {
    max: 254,
    accepts: mailbox,
    code: 'email-invalid',
    message: 'Write an e-mail address such as ada@example.com.',
  },
} as const satisfies Record<string, Format>;
