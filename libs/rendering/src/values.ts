import { COMPANY_NAMES, parseEmail, readableText } from '#contracts';
import { unicodeHost } from './unicode-host.js';
import type { Hole } from './master.js';

/**
 * Why a value is not allowed in a hole. Returned, not thrown, because wrong
 * partner input is expected.
 */
export interface ValueProblem {
  readonly code: string;
  /** Path of the value: `partner.contact.email`, `slot.offer`. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
  /** Values in the message, for translated messages. */
  readonly named?: Readonly<Record<string, string | number>>;
}

/** Hosts and origins that URLs may point to. */
export interface UrlPolicy {
  /**
   * The product's origin (`https://mail.vendor.example`) for pictures, links
   * and forms. Only this one may be http, on a local machine.
   */
  readonly publicOrigin: string;
  /** The partner's verified hosts. Their sub-domains are included. */
  readonly partnerHosts: readonly string[];
}

/**
 * A checked value in both forms. The HTML form never contains `< > " '` or a
 * control or bidi character.
 */
export interface Encoded {
  readonly html: string;
  readonly text: string;
}

export type Checked =
  | { readonly ok: true; readonly value: Encoded }
  | { readonly ok: false; readonly problem: ValueProblem };

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const SPECIAL = /[&<>"']/;

export function escapeHtml(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '') : text;
}

/**
 * Invisible characters that change what a reader sees: controls, bidi controls
 * and isolates, zero-width, tags, variation selectors, private use,
 * non-characters, and many combining marks. Joiners (U+200C, U+200D) are
 * checked separately: Arabic and Indic scripts need them.
 */
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex -- the controls are what is looked for
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uE000-\uF8FF\uFE00-\uFE0E\uFEFF\uFFA0\uFFF0-\uFFFB\uFFFE\uFFFF]|[\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}\u{F0000}-\u{10FFFF}]|\p{Mn}{4,}/u;
const JOINER = /[\u200C\u200D\uFE0F]/u;
const JOINER_SCRIPTS =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Extended_Pictographic}\u20E3]/u;
/**
 * Letters that look like Latin ones, and full-width Latin letters. A word must
 * not mix them with Latin letters (UTS #39, mixed-script confusables).
 */
const LOOKALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\uFF21-\uFF3A\uFF41-\uFF5A]/u;
const WORD = /[\p{L}\p{M}]+/gu;
const SCRIPTS = [
  /(?![\uFF21-\uFF3A\uFF41-\uFF5A])\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /[\uFF21-\uFF3A\uFF41-\uFF5A]/u,
];
/** kΩ and μm. */
const UNIT = /^\p{Script=Latin}{0,2}[Ωμ]\p{Script=Latin}{0,2}$/u;

/**
 * @returns the first word that mixes lookalike scripts; null if there is none.
 */
function mixedScriptWord(text: string): string | null {
  if (!LOOKALIKE.test(text)) return null;
  for (const [word] of text.matchAll(WORD)) {
    if (SCRIPTS.filter((script) => script.test(word)).length > 1 && !UNIT.test(word)) return word;
  }
  return null;
}

/**
 * The first character that no reader sees and that is not taken out.
 * @returns null if there is none.
 */
function invisibleIn(text: string): CharacterPlace | null {
  const joiner = JOINER_SCRIPTS.test(text) ? -1 : text.search(JOINER);
  const index = Math.max(text.search(INVISIBLE), joiner);
  return index === -1 ? null : placeOf(text, index);
}

/** Which character, and where in code points from 1. */
export interface CharacterPlace {
  readonly at: number;
  readonly codePoint: string;
}

/** @param index in UTF-16 units. */
export function placeOf(text: string, index: number): CharacterPlace {
  const codePoint = (text.codePointAt(index) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return { at: [...text.slice(0, index)].length + 1, codePoint: `U+${codePoint}` };
}

const LOOKS_LIKE_URL =
  /https?:|www\.|:\/\/|[\p{L}\p{N}-]{2}\.(?:com|net|org|io|co|info|biz|ru|cn|xyz|top|online|site|shop|app|dev|example)\b/iu;

const refuse = (
  path: string,
  code: string,
  message: string,
  remedy: string,
  named: NonNullable<ValueProblem['named']> = {},
): Checked => ({ ok: false, problem: { code, path, message, remedy, named } });

/**
 * Normalises plain text (see `readableText`), and checks it.
 * @returns the text, or why it is refused.
 */
export function cleanText(
  path: string,
  raw: unknown,
  maxChars: number,
): { readonly text: string } | { readonly problem: ValueProblem } {
  const no = (code: string, message: string, remedy: string, named: NonNullable<ValueProblem['named']> = {}) => ({
    problem: { code, path, message, remedy, named },
  });
  if (typeof raw !== 'string') return no('value-missing', `${path} has no text.`, 'Fill it in.');
  if (!raw.isWellFormed()) return no('text-broken', `${path} contains half a character.`, 'Type the text again.');
  const text = readableText(raw);
  const invisible = invisibleIn(text);
  if (invisible !== null) {
    const { at, codePoint } = invisible;
    return no(
      'text-invisible-at',
      `${path} contains an invisible or direction-changing character (${codePoint}) at position ${at}.`,
      'Delete it there, or type the text again instead of pasting it.',
      { at, codePoint },
    );
  }
  const disguise = mixedScriptWord(text);
  if (disguise !== null) {
    return no(
      'text-disguised',
      `${path} has a word with lookalike letters of several scripts: “${disguise}”.`,
      'Type the word again. Do not mix Latin, Greek and Cyrillic letters in one word.',
      { word: disguise },
    );
  }
  const length = [...text].length;
  if (length > maxChars)
    return no(
      'text-too-long',
      `${path} has ${length} characters; ${maxChars} fit.`,
      `Shorten it by ${length - maxChars}.`,
      { length, maxChars },
    );
  return { text };
}

const HOST = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/;

function parseUrl(raw: string): URL | null {
  try {
    return new URL(raw);
  } catch {
    return null;
  }
}

/**
 * Checks a partner's URL: https, a plain host on the verified list, no hidden
 * parts (WHATWG URL).
 */
function checkPartnerUrl(path: string, raw: unknown, policy: UrlPolicy): Checked {
  const url = typeof raw === 'string' && raw.length <= 300 ? parseUrl(raw) : null;
  if (url?.protocol !== 'https:')
    return refuse(
      path,
      'url-not-https',
      `${path} is not a web address that starts with https://.`,
      'Write the whole address, for example https://www.your-company.example/offer.',
    );
  if (url.username !== '' || url.password !== '' || url.port !== '')
    return refuse(
      path,
      'url-hidden-parts',
      `${path} contains a user name, password or port.`,
      'Use the plain address.',
    );
  if (!HOST.test(url.hostname))
    return refuse(
      path,
      'url-host',
      `The host of ${path} cannot be used.`,
      'Use the name of a host that is verified for your brand profile.',
    );
  if (unicodeHost(url.hostname) === null)
    return refuse(
      path,
      'url-host-disguised',
      `The host of ${path}, ${url.hostname}, can be mistaken for another: its names mix scripts, or have letters that look Latin.`,
      'Link to a host of yours with one script per name.',
      { host: url.hostname },
    );
  const known = policy.partnerHosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
  if (!known)
    return refuse(
      path,
      'url-host-unknown',
      `${url.hostname} is not one of your verified hosts (${policy.partnerHosts.join(', ') || 'none yet'}).`,
      'Link to one of them, or verify this host in your brand profile.',
      { host: url.hostname, hosts: policy.partnerHosts.join(', ') || '–' },
    );
  const href = url.href.replaceAll("'", '%27');
  return { ok: true, value: { html: escapeHtml(href), text: href } };
}

/** Checks a URL that the product made itself, like any other value. */
function checkOwnUrl(path: string, raw: unknown, policy: UrlPolicy): Checked {
  const good =
    typeof raw === 'string' &&
    raw.length <= 500 &&
    raw.startsWith(policy.publicOrigin) &&
    raw[policy.publicOrigin.length] === '/' &&
    /^[A-Za-z0-9:/._~?=&%+-]+$/.test(raw);
  if (!good)
    return refuse(
      path,
      'url-not-own',
      `${path} does not point to this installation.`,
      `It must begin with ${policy.publicOrigin}/.`,
    );
  return { ok: true, value: { html: escapeHtml(raw), text: raw } };
}

function checkEmail(path: string, raw: unknown): Checked {
  const address = typeof raw === 'string' ? parseEmail(raw) : 'email-missing';
  return typeof address === 'string'
    ? refuse(path, 'email-form', `${path} is not an e-mail address.`, 'Write it as name@company.example.')
    : { ok: true, value: { html: escapeHtml(address.email), text: address.email } };
}

/**
 * Whether a text with a web address is the name of a company: one word with a
 * host, without path, scheme or `www.`. `Check24.com GmbH` is, `See
 * www.evil.example/pay` is not.
 */
function isCompanyName(text: string): boolean {
  const [host, ...more] = text.split(/\s/).filter((word) => LOOKS_LIKE_URL.test(word));
  return host !== undefined && more.length === 0 && NAMED_HOST.test(host);
}
const NAMED_HOST = /^["“„(]?(?!www\.)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+["”“),.]?$/iu;

function checkPlain(path: string, raw: unknown, maxChars: number, isCompany = COMPANY_NAMES.includes(path)): Checked {
  const cleaned = cleanText(path, raw, maxChars);
  if ('problem' in cleaned) return { ok: false, problem: cleaned.problem };
  const { text } = cleaned;
  if (text.trim() === '') return refuse(path, 'value-missing', `${path} is empty.`, 'Fill it in.');
  if (text.includes('\n'))
    return refuse(path, 'text-lines', `${path} has more than one line.`, 'Write it on one line.');
  if (LOOKS_LIKE_URL.test(text) && !(isCompany && isCompanyName(text)))
    return refuse(
      path,
      'text-url',
      `${path} contains a web address.`,
      'Remove the address. Links have their own fields.',
    );
  return { ok: true, value: { html: escapeHtml(text), text } };
}

/**
 * Checks the name of an organisation, in one line that mails and screens show: no
 * invisible or disguised characters, and no web address but one in the name.
 * @returns null if it can be used.
 */
export function nameProblem(path: string, name: string, maxChars: number): ValueProblem | null {
  const checked = checkPlain(path, name, maxChars, true);
  return checked.ok ? null : checked.problem;
}

/**
 * Checks the name of a person as `nameProblem` does; no web address is a part of
 * one.
 * @returns null if it can be used.
 */
export function personNameProblem(path: string, name: string, maxChars: number): ValueProblem | null {
  const checked = checkPlain(path, name, maxChars, false);
  return checked.ok ? null : checked.problem;
}

/** Checks and encodes one value for one hole. Slots use `encodeSlot`. */
export function encodeValue(hole: Hole, raw: unknown, policy: UrlPolicy): Checked {
  const { path } = hole;
  switch (hole.type) {
    case 'colour':
      return typeof raw === 'string' && /^#[0-9a-f]{6}$/.test(raw)
        ? { ok: true, value: { html: raw, text: raw } }
        : refuse(
            path,
            'colour-form',
            `${path} is not a colour of the form #rrggbb.`,
            'Write six hexadecimal digits in lower case, for example #0b5cad.',
          );
    case 'text':
      return checkPlain(path, raw, hole.maxChars);
    case 'email':
      return checkEmail(path, raw);
    case 'phone':
      return typeof raw === 'string' && /^\+[0-9]{6,15}$/.test(raw)
        ? { ok: true, value: { html: raw, text: raw } }
        : refuse(path, 'phone-form', `${path} is not an international telephone number.`, 'Write it as +441134960000.');
    case 'url':
      return checkPartnerUrl(path, raw, policy);
    case 'image':
    case 'tracked':
    case 'form':
      return checkOwnUrl(path, raw, policy);
    case 'slot':
      return refuse(path, 'slot-door', `${path} is a slot.`, 'Fill slots as nodes.');
  }
}

export { checkPartnerUrl };
