import type { Locale, SourceProblem } from '#kernel';
import { closest, type Master, slotFromText, type SlotPosition, type SlotRule } from '#rendering';
import type { CampaignDefinition, Localised } from '../definition/campaign-definition.js';
import type { Catalogue } from '../definition/catalogue.js';
import type { CampaignSlot } from './compiled-campaign.js';

/** A compiled template, by its entry in campaign.yaml. */
export interface NamedMasters {
  /** `emails.welcome` */
  readonly tactic: string;
  readonly file: string;
  readonly masters: Readonly<Record<Locale, Master>>;
  /** Positions of its slots in the file. */
  readonly slotPlaces: readonly SlotPosition[];
}

/**
 * A slot on a document or picture: plain text, by the rules of the slot's
 * declaration.
 */
export interface PlainTextSlot {
  readonly tactic: string;
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly name: string;
  /** Maximum number of characters; null if only the size limits it. */
  readonly maxChars: number | null;
}

interface RichTextSlot {
  readonly tactic: string;
  readonly file: string;
  readonly locale: Locale;
  readonly rule: SlotRule;
  readonly place: SlotPosition['position'] | undefined;
}

/**
 * One slot per name in the whole campaign: the partner fills it once.
 * If its occurrences have different limits, the narrowest applies.
 * If their formats differ (list and paragraphs), the campaign is wrong.
 */
export function campaignSlots(
  definition: CampaignDefinition,
  templates: readonly NamedMasters[],
  plain: readonly PlainTextSlot[],
  catalogues: readonly Catalogue[],
): { slots: CampaignSlot[]; problems: SourceProblem[] } {
  const standings = templates.flatMap(({ tactic, file, masters, slotPlaces }) =>
    Object.values(masters).flatMap((master) =>
      master.slots.map((rule) => ({
        tactic,
        file,
        locale: master.locale,
        rule,
        place: slotPlaces.find(({ name }) => name === rule.name)?.position,
      })),
    ),
  );
  const names = [...new Set([...standings.map(({ rule }) => rule.name), ...Object.keys(definition.slots)])];
  // A template that failed may contain the slot. Do not report it as missing
  // then.
  const whole = templates.length === Object.keys(definition.emails).length + Object.keys(definition.pages).length;
  const problems: SourceProblem[] = whole ? undeclared(plain, names) : [];
  const slots = names.map((name) => {
    const of = standings.filter(({ rule }) => rule.name === name);
    problems.push(...disagreements(name, of, plain));
    return merge(
      name,
      of,
      plain.filter((standing) => standing.name === name),
      definition,
      catalogues,
    );
  });
  return { slots, problems };
}

/** The options of a choice, with their label in each language. */
function optionsOf(
  locales: readonly Locale[],
  ruleIn: (locale: Locale) => SlotRule | undefined,
): Pick<CampaignSlot, 'options'> {
  const [first] = locales.map(ruleIn);
  if (first?.options === undefined) return {};
  const labelOf = (locale: Locale, name: string) => ruleIn(locale)?.options?.find((one) => one.name === name)?.label;
  return {
    options: first.options.map(({ name }) => ({
      name,
      label: Object.fromEntries(locales.map((locale) => [locale, labelOf(locale, name) ?? ''])),
    })),
  };
}

const pictureOf = ([first]: readonly SlotRule[]): Pick<CampaignSlot, 'picture'> =>
  first?.picture === undefined ? {} : { picture: first.picture };

/** Slots without a declaration: a partner would see a field without a label. */
function undeclared(plain: readonly PlainTextSlot[], names: readonly string[]): SourceProblem[] {
  return plain
    .filter(({ name }) => !names.includes(name))
    .map(({ file, line, column, name }) => ({
      code: 'slot-unknown',
      severity: 'error',
      file,
      line,
      column,
      message: `There is no slot "${name}" in this campaign.`,
      remedy: `${suggestedName(name, names)}Describe ${name} under slots in campaign.yaml, or use a <tc-slot> of that name.`,
    }));
}

function suggestedName(name: string, names: readonly string[]): string {
  const meant = closest(name, names);
  return meant === null ? '' : `Did you mean ${meant}? `;
}

function disagreements(
  name: string,
  standings: readonly RichTextSlot[],
  plain: readonly PlainTextSlot[],
): SourceProblem[] {
  const first = standings[0];
  if (first === undefined) return [];
  const choices = standings
    .filter(({ rule }) => kindOf(first.rule) !== kindOf(rule) && [rule, first.rule].some(isNoText))
    .map(({ file, place }) => ({ file, line: place?.line ?? 1, column: place?.column ?? 1 }));
  const onArtwork = isNoText(first.rule) ? plain.filter((one) => one.name === name) : [];
  const mixed = [...choices, ...onArtwork].map(({ file, line, column }) => ({
    code: 'slot-differs',
    severity: 'error' as const,
    file,
    line,
    column,
    message: `The slot "${name}" is not the same here as in ${first.file}: partners choose there, with its options.`,
    remedy: 'Give both the same tag and options, or two names.',
  }));
  return [...mixed, ...mixedLists(name, standings, first)];
}

/** Texts are the same, whatever their format is. Choices are by their options. */
const kindOf = ({ format, options = [], picture }: SlotRule): string => {
  if (!isNoText({ format })) return 'text';
  // Several pictures of the vendor can have one of the partner in their place.
  const limits = picture === undefined ? '' : JSON.stringify([picture.ratio, picture.minWidth]);
  return `${format} ${options.map((option) => option.name).join(' ')}${limits}`;
};

/** What a partner chooses, links to or shows, in place of writing a text; and the alt text of what it shows. */
const isNoText = ({ format }: Pick<SlotRule, 'format'>): boolean =>
  format === 'choice' || format === 'link' || format === 'picture' || format === 'alt';

function mixedLists(name: string, standings: readonly RichTextSlot[], first: RichTextSlot): SourceProblem[] {
  return standings
    .filter(({ rule }) => (rule.format === 'list') !== (first.rule.format === 'list'))
    .map(({ file, place }) => ({
      code: 'slot-differs',
      severity: 'error',
      file,
      line: place?.line ?? 1,
      column: place?.column ?? 1,
      message: `The slot "${name}" is a list in one place and paragraphs in another (${first.file}).`,
      remedy: 'Give it one format, or two names.',
    }));
}

function merge(
  name: string,
  standings: readonly RichTextSlot[],
  plain: readonly PlainTextSlot[],
  { slots, locales }: CampaignDefinition,
  catalogues: readonly Catalogue[],
): CampaignSlot {
  const declared = Object.hasOwn(slots, name) ? slots[name] : undefined;
  const rules = standings.map(({ rule }) => rule);
  const inLocale = (locale: Locale) => standings.find((standing) => standing.locale === locale)?.rule;
  const texts = (locale: Locale) => catalogues.find((catalogue) => catalogue.locale === locale)?.texts ?? {};
  const text = (locale: Locale): string => texts(locale)[declared?.default ?? ''] ?? '';
  const said = (words: string | Localised | undefined, locale: Locale): string | undefined =>
    typeof words === 'string' ? texts(locale)[words] : words?.[locale];
  return {
    name,
    label: Object.fromEntries(
      locales.map((locale) => [locale, said(declared?.label, locale) ?? inLocale(locale)?.label ?? name]),
    ),
    help: Object.fromEntries(
      locales.flatMap((locale) => {
        const help = said(declared?.help, locale) ?? inLocale(locale)?.help;
        return help === undefined ? [] : [[locale, help]];
      }),
    ),
    format:
      rules.find(isNoText)?.format ??
      rules.find(({ format }) => format === 'list')?.format ??
      (rules.length > 0 && rules.every(({ format }) => format === 'inline') ? 'inline' : 'plain'),
    links: rules.length > 0 && rules.every(({ links }) => links === 'partner') ? 'partner' : 'none',
    maxChars: Math.min(
      ...[...rules, ...plain].map(({ maxChars }) => maxChars ?? Infinity),
      declared?.maxChars ?? Infinity,
    ),
    maxLines: Math.min(...rules.map(({ maxLines }) => maxLines), declared?.maxLines ?? Infinity),
    required: rules.some(({ required }) => required) || (declared?.required ?? false),
    default: Object.fromEntries(
      locales.map((locale) => [locale, inLocale(locale)?.default ?? slotFromText(text(locale))]),
    ),
    ...optionsOf(locales, inLocale),
    ...pictureOf(rules),
    usedIn: [...new Set([...standings.map(({ tactic }) => tactic), ...plain.map(({ tactic }) => tactic)])],
  };
}
