import type { Locale } from '#kernel';
import { programText } from '#rendering';
import { emailsOf } from '#sequencing';
import type { CompiledCampaign } from './compile/compiled-campaign.js';
import { defaultLocale } from './definition/campaign-definition.js';

/** The change of an e-mail, page, document or post between two versions. */
export interface PartDifference {
  readonly key: string;
  readonly change: 'new' | 'changed' | 'gone';
  /**
   * Its subject, page title or first line of a post; for a removed part, the
   * last one.
   */
  readonly title: string;
  /** Text lines that were removed and added. Only for changed parts. */
  readonly words: { readonly gone: readonly string[]; readonly new: readonly string[] };
}

/**
 * Differences between two versions, for a partner that runs the first and is
 * offered the second.
 */
export interface CampaignDifference {
  readonly emails: readonly PartDifference[];
  readonly pages: readonly PartDifference[];
  readonly documents: readonly PartDifference[];
  readonly social: readonly PartDifference[];
  /** Steps, times, goals or exits. */
  readonly sequence: boolean;
}

/** A part as it is compared, with its text lines. */
interface ComparedPart {
  readonly key: string;
  readonly comparable: string;
  readonly title: string;
  readonly lines: readonly string[];
}

const MOST_LINES = 30;
const LONGEST_LINE = 300;

/**
 * Compares two compiled campaigns. Package differences that have no effect on
 * recipients are no differences; an e-mail that no step sends any more is gone.
 * @param locale of titles and texts; the campaign's default locale if it does
 *   not have this one.
 */
export function differenceBetween(
  before: CompiledCampaign,
  after: CompiledCampaign,
  locale: Locale | null = null,
): CampaignDifference {
  const parts = (of: (campaign: CompiledCampaign, locale: Locale) => readonly ComparedPart[]): PartDifference[] =>
    partsThatDiffer(of(before, localeOf(before, locale)), of(after, localeOf(after, locale)));
  return {
    emails: parts(readEmails),
    pages: parts(readPages),
    documents: parts(readDocuments),
    social: parts(readPosts),
    sequence: JSON.stringify(before.definition.sequence) !== JSON.stringify(after.definition.sequence),
  };
}

/** The e-mails that steps of a campaign send. A package may hold more. */
export function sentEmails({ emails, definition }: CompiledCampaign): CompiledCampaign['emails'] {
  const sent = new Set(definition.sequence.steps.flatMap(emailsOf));
  return emails.filter(({ key }) => sent.has(key));
}

const localeOf = ({ definition }: CompiledCampaign, wanted: Locale | null): Locale =>
  definition.locales.find((one) => one === wanted) ?? defaultLocale(definition);

const readEmails = (campaign: CompiledCampaign, locale: Locale): ComparedPart[] =>
  sentEmails(campaign).map((email) => {
    const master = email.masters[locale];
    const title = master === undefined ? email.key : programText(master, master.subject);
    const text =
      master === undefined
        ? ''
        : [master.subject, master.preheader, master.text]
            .map((program) => programText(master, program, 'every'))
            .join('\n');
    return { key: email.key, comparable: comparableText(email, campaign), title, lines: linesIn(text) };
  });

const readPages = (campaign: CompiledCampaign, locale: Locale): ComparedPart[] =>
  campaign.pages.map((page) => {
    const master = page.masters[locale];
    const title = master === undefined ? page.key : programText(master, master.subject);
    return { key: page.key, comparable: comparableText(page, campaign), title, lines: linesIn(title) };
  });

const readDocuments = (campaign: CompiledCampaign, locale: Locale): ComparedPart[] =>
  campaign.documents.map((document) => {
    const title = document.title[locale] ?? document.key;
    return { key: document.key, comparable: comparableText(document, campaign), title, lines: linesIn(title) };
  });

const readPosts = (campaign: CompiledCampaign, locale: Locale): ComparedPart[] =>
  campaign.social.map((post) => {
    const lines = linesIn(post.text[locale] ?? '');
    return { key: post.key, comparable: comparableText(post, campaign), title: lines[0] ?? post.key, lines };
  });

const linesIn = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

function partsThatDiffer(before: readonly ComparedPart[], after: readonly ComparedPart[]): PartDifference[] {
  const [old, now] = [byKey(before), byKey(after)];
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((key): PartDifference[] => {
    const [was, is] = [old.get(key), now.get(key)];
    const { title } = is ?? was ?? { title: key };
    const nothing = { gone: [], new: [] };
    if (was === undefined) return [{ key, change: 'new', title, words: nothing }];
    if (is === undefined) return [{ key, change: 'gone', title, words: nothing }];
    if (was.comparable === is.comparable) return [];
    const words = { gone: without(was.lines, is.lines), new: without(is.lines, was.lines) };
    return [{ key, change: 'changed', title, words }];
  });
}

const byKey = (parts: readonly ComparedPart[]): Map<string, ComparedPart> =>
  new Map(parts.map((part) => [part.key, part]));

const without = (lines: readonly string[], others: readonly string[]): string[] =>
  [...new Set(lines)]
    .filter((line) => !others.includes(line))
    .slice(0, MOST_LINES)
    .map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line));

/**
 * How much a partner may write, and what is computed from it: no recipient sees
 * a difference.
 */
const LIMITS: ReadonlySet<string> = new Set(['maxChars', 'maxLines', 'worstCaseBytes', 'root']);

/**
 * A part without limits, with hashes of its pictures, because masters contain
 * only their paths.
 */
function comparableText(part: { readonly key: string }, { images }: CompiledCampaign): string {
  const text = JSON.stringify(part, (name, value: unknown) => (LIMITS.has(name) ? undefined : value));
  const shown = Object.entries(images).filter(([path]) => text.includes(JSON.stringify(path).slice(1, -1)));
  return JSON.stringify([text, shown.map(([path, { hash }]) => [path, hash])]);
}
