import Handlebars from 'handlebars';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { directionOf, type Locale, packageRoot } from '#kernel';
import { escapeHtml } from './values.js';

/** A picture above a mail; sizes in CSS pixels. */
export interface MailLogo {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  /** White on each side that is part of the picture; absent: none. */
  readonly border?: number;
}

/** Space around the logo. */
const LOGO_SIDE = 32;
const LOGO_BELOW = 24;

/** In whose look a mail of the product appears. */
export interface MailBrand {
  /** Plain text. */
  readonly name: string;
  /** `#rrggbb`. `link` is for text on white. */
  readonly colours: { readonly primary: string; readonly onPrimary: string; readonly link: string };
  /** Null shows the name instead. */
  readonly logo: MailLogo | null;
}

/** One line below the paragraphs. */
export interface MailFact {
  readonly label: string;
  readonly value: string;
  /** Where the value leads, such as `tel:+49301234`; null: nowhere. */
  readonly url: string | null;
}

/** A picture that mail programs fetch. Sizes in CSS pixels. */
export interface MailPicture {
  readonly url: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  /** Where a press on it leads. */
  readonly link: string;
}

/** Why a reader gets a kind of mail, and where it is turned off. */
export interface MailSettings {
  readonly why: string;
  /** Text of the link. */
  readonly label: string;
  readonly url: string;
}

/** The content of a mail that the product itself sends. Values are plain text. */
export interface MailTemplateContent {
  /** BCP 47. */
  readonly language: string;
  readonly heading: string;
  /** Null in mails to people without a name. */
  readonly greeting: string | null;
  /** At least one. The first is also the preheader. */
  readonly paragraphs: readonly string[];
  readonly facts: readonly MailFact[];
  readonly picture: MailPicture | null;
  readonly button: { readonly label: string; readonly url: string } | null;
  /** Small print: why the reader gets the mail, or how long a link is valid. */
  readonly closing: string;
  readonly settings: MailSettings | null;
  readonly brand: MailBrand;
}

let template: Handlebars.TemplateDelegate | null = null;

/**
 * The HTML of a mail that the product itself sends.
 * `scripts/mail-template.mjs` compiles `mail-templates/mail.mjml` to `mail.hbs`.
 * @returns HTML. Each value is escaped.
 */
export function renderMailTemplate(content: MailTemplateContent): string {
  template ??= Handlebars.compile(
    readFileSync(join(packageRoot(), 'libs/rendering/mail-templates/mail.hbs'), 'utf8'),
    // An unknown field is an error.
    { strict: true },
  );
  const { language, heading, greeting, paragraphs, facts, picture, button, closing, settings, brand } = content;
  const border = brand.logo?.border ?? 0;
  const direction = directionOf(language as Locale);
  return template(
    escaped({
      language,
      heading,
      greeting,
      paragraphs,
      facts,
      picture,
      button,
      closing,
      settings,
      direction,
      start: direction === 'rtl' ? 'right' : 'left',
      preview: paragraphs[0] ?? '',
      brand: brand.name,
      colours: brand.colours,
      logo: brand.logo === null ? null : { ...brand.logo, side: LOGO_SIDE - border, below: LOGO_BELOW - border },
    }),
  );
}

/**
 * All texts of the fields, escaped. Handlebars would also escape `=` in links,
 * which spam filters may take for disguise.
 */
function escaped(value: unknown): unknown {
  if (typeof value === 'string') return new Handlebars.SafeString(escapeHtml(value));
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, escaped(one)]));
}
