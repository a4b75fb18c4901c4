import {
  type Condition,
  isHole,
  isLock,
  isOfPartner,
  type Master,
  type Program,
  WHEN_FIELDS,
  type WhenField,
} from './master.js';
import { digest } from './tokens.js';

/** The fields that conditions test. */
export type ConditionValues = Readonly<Record<WhenField, string | null>>;

/** A recipient field that conditions test. Its values are case-insensitive. */
export interface ConditionField {
  readonly field: WhenField;
  readonly values: readonly string[];
}

/** A condition of a master, and the nested conditions of each branch. */
interface Choice {
  readonly when: Condition;
  readonly body: readonly Choice[];
  readonly otherwise: readonly Choice[];
}

/**
 * A longer name is replaced by a hash: the name is in every row that is counted
 * by it.
 */
const LONGEST_NAME = 400;
/** No condition tests these: recipients have no fields of these names. */
const DRAWN = { email: 'email=', time: 'time=' } as const;
const TEST = 'test=';

/** What was drawn for a recipient in a test: an e-mail, or a time of sending. */
export interface DrawnArm {
  readonly of: keyof typeof DRAWN;
  readonly arm: string;
  /** The number of the version whose test drew it; null: of another one than the version that sent it. */
  readonly version: number | null;
}

/** A variant's name, in its parts. */
interface ReadVariant {
  readonly locale: string;
  readonly drawn: DrawnArm | null;
  readonly conditions: string[];
}

/**
 * Whether a recipient has one of the values of every named field.
 * Case-insensitive.
 */
export function isMet(condition: Condition, recipient: ConditionValues): boolean {
  return Object.entries(condition).every(([field, values]) => {
    const actual = recipient[field as WhenField]?.toLowerCase();
    return actual !== undefined && values.some((value) => value.toLowerCase() === actual);
  });
}

/**
 * Name of a recipient's variant: the locale, and every condition that was
 * reached and true. Recipients with the same name got the same branches: true
 * conditions determine which others were reached. Example: `de;
 * industry=finance|insurance & country=DE; segment=smb`.
 */
export function variantName(locale: string, held: Iterable<Condition>): string {
  const names = [...new Set([...held].map(conditionName))].sort();
  const name = [locale, ...names].join('; ');
  return name.length <= LONGEST_NAME ? name : `${locale}; #${digest(name).slice(0, 16)}`;
}

/**
 * The variant name that `buildMime` would give for a recipient, without
 * building the message.
 */
export function variantOf(
  master: Pick<Master, 'locale' | 'subject' | 'text' | 'html'>,
  recipient: ConditionValues,
): string {
  const held = new Set<Condition>();
  const walk = (choices: readonly Choice[]): void => {
    for (const { when, body, otherwise } of choices) {
      const isChosen = isMet(when, recipient);
      if (isChosen) held.add(when);
      walk(isChosen ? body : otherwise);
    }
  };
  walk(choicesOf(master));
  return variantName(master.locale, held);
}

/**
 * Names of a master's simple variants, in its order: first the one in which no
 * condition is true, then each condition alone, with those that lead to it. All
 * combinations would be too many.
 */
export function simpleVariantsOf(master: Pick<Master, 'locale' | 'subject' | 'text' | 'html'>): string[] {
  const held: (readonly Condition[])[] = [[]];
  const walk = (choices: readonly Choice[], before: readonly Condition[]): void => {
    for (const { when, body, otherwise } of choices) {
      held.push([...before, when]);
      walk(body, [...before, when]);
      walk(otherwise, before);
    }
  };
  walk(choicesOf(master), []);
  return [...new Set(held.map((conditions) => variantName(master.locale, conditions)))];
}

/**
 * The name of a variant in a step that tests e-mails or times: `en; email=welcome-b; test=2`. Without what was
 * drawn, recipients of different e-mails would have one name; without the version, its test would be added to
 * that of the next one.
 */
export const variantOfArm = (variant: string, { of, arm, version }: DrawnArm): string => {
  const [locale = '', ...conditions] = variant.split('; ');
  const test = version === null ? [] : [`${TEST}${version}`];
  return [locale, `${DRAWN[of]}${arm}`, ...test, ...conditions].join('; ');
};

/**
 * Parses a variant's name.
 * @returns null for the empty name of an unrecorded variant.
 */
export function readVariant(name: string): ReadVariant | null {
  const [locale = '', ...others] = name.split('; ');
  if (locale === '') return null;
  const after = (start: string): string | null =>
    others.find((one) => one.startsWith(start))?.slice(start.length) ?? null;
  const version = after(TEST);
  const of = after(DRAWN.email) === null ? 'time' : 'email';
  const arm = after(DRAWN[of]);
  const isDrawn = (one: string): boolean => [...Object.values(DRAWN), TEST].some((start) => one.startsWith(start));
  return {
    locale,
    drawn: arm === null ? null : { of, arm, version: version === null ? null : Number(version) },
    conditions: others.filter((one) => !isDrawn(one)),
  };
}

/**
 * Fields that a master's conditions test, each with all values that occur, in
 * order.
 */
export function conditionFieldsOf(master: Pick<Master, 'subject' | 'text' | 'html'>): ConditionField[] {
  const all = conditionsIn(choicesOf(master));
  return WHEN_FIELDS.flatMap((field) => {
    const values = all.flatMap((condition) => condition[field] ?? []);
    const known = new Map(values.map((value) => [value.toLowerCase(), value]));
    return known.size === 0 ? [] : [{ field, values: [...known.values()].sort() }];
  });
}

const conditionsIn = (choices: readonly Choice[]): Condition[] =>
  choices.flatMap(({ when, body, otherwise }) => [when, ...conditionsIn(body), ...conditionsIn(otherwise)]);

function conditionName(condition: Condition): string {
  return WHEN_FIELDS.filter((field) => condition[field] !== undefined)
    .map((field) => {
      const values = (condition[field] ?? []).map((value) =>
        field === 'country' ? value.toUpperCase() : value.toLowerCase(),
      );
      return `${field}=${[...new Set(values)].sort().join('|')}`;
    })
    .join(' & ');
}

const known = new WeakMap<object, readonly Choice[]>();

/**
 * Cached, because masters stay in memory while they are sent, and most of a
 * master is text.
 */
function choicesOf(master: Pick<Master, 'subject' | 'text' | 'html'>): readonly Choice[] {
  const found = known.get(master);
  if (found !== undefined) return found;
  const made = [master.subject, master.text, master.html].flatMap(choicesIn);
  known.set(master, made);
  return made;
}

const choicesIn = (program: Program): Choice[] =>
  program.flatMap((node): Choice[] => {
    if (typeof node === 'string' || isHole(node)) return [];
    if (isLock(node)) return choicesIn(node.body);
    if (isOfPartner(node.when)) return [...choicesIn(node.body), ...choicesIn(node.otherwise)];
    return [{ when: node.when, body: choicesIn(node.body), otherwise: choicesIn(node.otherwise) }];
  });
