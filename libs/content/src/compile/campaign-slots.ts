import type { Locale, SourceProblem } from '#kernel';
import { type Master, slotFromText, type SlotRule } from '#rendering';
import type { CampaignDefinition } from '../definition/campaign-definition.js';
import type { Catalogue } from '../definition/catalogue.js';
import type { CampaignSlot } from './compiled-campaign.js';

/** A template that was compiled, by the place in campaign.yaml that names it. */
export interface NamedMasters {
  /** `emails.welcome` */
  readonly tactic: string;
  readonly file: string;
  readonly masters: Readonly<Record<Locale, Master>>;
}

interface Standing {
  readonly tactic: string;
  readonly file: string;
  readonly locale: Locale;
  readonly rule: SlotRule;
}

/**
 * One slot per name in the whole campaign: the partner fills it once. Where places differ in what fits, the narrowest
 * counts; where they differ in what it is (a list here, paragraphs there), the campaign is wrong.
 */
export function campaignSlots(
  definition: CampaignDefinition,
  templates: readonly NamedMasters[],
  catalogues: readonly Catalogue[],
): { slots: CampaignSlot[]; problems: SourceProblem[] } {
  const standings = templates.flatMap(({ tactic, file, masters }) =>
    Object.values(masters).flatMap((master) =>
      master.slots.map((rule) => ({ tactic, file, locale: master.locale, rule })),
    ),
  );
  const names = [...new Set([...standings.map(({ rule }) => rule.name), ...Object.keys(definition.slots)])];
  const problems: SourceProblem[] = [];
  const slots = names.map((name) => {
    const of = standings.filter(({ rule }) => rule.name === name);
    problems.push(...disagreements(name, of));
    return merge(name, of, definition, catalogues);
  });
  return { slots, problems };
}

function disagreements(name: string, standings: readonly Standing[]): SourceProblem[] {
  const first = standings[0];
  if (first === undefined) return [];
  return standings
    .filter(({ rule }) => (rule.format === 'list') !== (first.rule.format === 'list'))
    .map(({ file }) => ({
      code: 'slot-differs',
      severity: 'error',
      file,
      line: null,
      column: null,
      message: `The slot "${name}" is a list in one place and paragraphs in another (${first.file}).`,
      wayOut: 'Give it one format, or two names.',
    }));
}

function merge(
  name: string,
  standings: readonly Standing[],
  { slots, locales, documents }: CampaignDefinition,
  catalogues: readonly Catalogue[],
): CampaignSlot {
  const declared = Object.hasOwn(slots, name) ? slots[name] : undefined;
  const rules = standings.map(({ rule }) => rule);
  const inLocale = (locale: Locale) => standings.find((standing) => standing.locale === locale)?.rule;
  const text = (locale: Locale): string =>
    catalogues.find((catalogue) => catalogue.locale === locale)?.texts[declared?.default ?? ''] ?? '';
  const inDocuments = Object.entries(documents)
    .filter(([, document]) => Object.values(document.slots).some((slot) => slot.kind === 'text' && slot.slot === name))
    .map(([key]) => `documents.${key}`);
  return {
    name,
    label: Object.fromEntries(
      locales.map((locale) => [locale, declared?.label[locale] ?? inLocale(locale)?.label ?? name]),
    ),
    format:
      rules.find(({ format }) => format === 'list')?.format ??
      (rules.length > 0 && rules.every(({ format }) => format === 'inline') ? 'inline' : 'plain'),
    links: rules.length > 0 && rules.every(({ links }) => links === 'partner') ? 'partner' : 'none',
    maxChars: Math.min(...rules.map(({ maxChars }) => maxChars), declared?.maxChars ?? Infinity),
    maxLines: Math.min(...rules.map(({ maxLines }) => maxLines), declared?.maxLines ?? Infinity),
    required: rules.some(({ required }) => required) || (declared?.required ?? false),
    default: Object.fromEntries(
      locales.map((locale) => [locale, inLocale(locale)?.default ?? slotFromText(text(locale))]),
    ),
    usedIn: [...new Set([...standings.map(({ tactic }) => tactic), ...inDocuments])],
  };
}
