import type { AttributeKind, AttributeOption, AttributeValue, Certification, GroupCondition } from '#contracts';
import { DomainError, type PartnerAttributeId, type PartnerId, type VendorId } from '#kernel';
import { slugOf } from './organisation.js';
import { traitKey } from './trait-key.js';

/** A fact that a vendor defines about its partners. */
export interface PartnerAttribute {
  readonly id: PartnerAttributeId;
  readonly vendorId: VendorId;
  readonly name: string;
  readonly help: string;
  readonly kind: AttributeKind;
  /** Who writes the values. */
  readonly owner: 'vendor' | 'partner';
  /** Of `choice` and `choices`; else none. */
  readonly options: readonly AttributeOption[];
}

/** Of one partner. */
export interface PartnerValue {
  readonly attributeId: PartnerAttributeId;
  readonly partnerId: PartnerId;
  readonly value: AttributeValue;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** Columns of `organisations.attribute_value`; the kind says which are used. */
export interface ValueColumns {
  readonly words: readonly string[] | null;
  readonly number: number | null;
  /** `2027-03-31`. */
  readonly day: string | null;
  readonly isSo: boolean | null;
}

/** Why a value does not fit its attribute. */
type ValueFault =
  | 'not-a-text'
  | 'not-an-option'
  | 'not-a-number'
  | 'not-a-day'
  | 'not-yes-or-no'
  | 'not-a-certification';

/** What a value of each kind is, for the sentence of a refusal. */
const EXPECTED: Readonly<Record<AttributeKind, string>> = {
  text: 'a text',
  choice: 'the key of one option',
  choices: 'a list of keys of options',
  number: 'a number',
  date: 'a day such as "2027-03-31"',
  'yes-no': 'true or false',
  certification: 'an object with "number" and "expiresOn"',
};

const NOTHING: ValueColumns = { words: null, number: null, day: null, isSo: null };

const isCertification = (value: AttributeValue): value is Certification =>
  typeof value === 'object' && !Array.isArray(value);

/** @returns null: the value fits. */
export function valueFault({ kind, options }: PartnerAttribute, value: AttributeValue): ValueFault | null {
  const isKey = (key: unknown): boolean => options.some((option) => option.key === key);
  switch (kind) {
    case 'text':
      return typeof value === 'string' && value !== '' ? null : 'not-a-text';
    case 'choice':
      return isKey(value) ? null : 'not-an-option';
    case 'choices':
      return Array.isArray(value) && value.length > 0 && value.every(isKey) ? null : 'not-an-option';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'not-a-number';
    case 'date':
      return typeof value === 'string' && isDay(value) ? null : 'not-a-day';
    case 'yes-no':
      return typeof value === 'boolean' ? null : 'not-yes-or-no';
    case 'certification':
      return isCertification(value) ? null : 'not-a-certification';
  }
}

/** @throws DomainError `partner-attribute.value-invalid`. */
export function requireFittingValue(attribute: PartnerAttribute, value: AttributeValue): void {
  if (valueFault(attribute, value) === null) return;
  const { id, name, kind, options } = attribute;
  const keys = options.map(({ key }) => key);
  throw new DomainError(
    'partner-attribute.value-invalid',
    `"${name}" takes ${EXPECTED[kind]}${keys.length > 0 ? `: ${keys.join(', ')}` : ''}.`,
    { field: `values.${id}`, name, ...(keys.length > 0 ? { keys } : {}) },
  );
}

/** A value that fits its attribute, as it is stored. */
export function columnsOf({ kind }: Pick<PartnerAttribute, 'kind'>, value: AttributeValue): ValueColumns {
  if (isCertification(value))
    return { ...NOTHING, words: value.number === null ? [] : [value.number], day: value.expiresOn };
  if (Array.isArray(value)) return { ...NOTHING, words: [...new Set(value)].sort() };
  if (typeof value === 'number') return { ...NOTHING, number: value };
  if (typeof value === 'boolean') return { ...NOTHING, isSo: value };
  return kind === 'date' ? { ...NOTHING, day: value } : { ...NOTHING, words: [value] };
}

/** A stored value, as the API has it. */
export function valueOfColumns(kind: AttributeKind, { words, number, day, isSo }: ValueColumns): AttributeValue {
  switch (kind) {
    case 'text':
    case 'choice':
      return words?.[0] ?? '';
    case 'choices':
      return [...(words ?? [])];
    case 'number':
      return number ?? 0;
    case 'date':
      return day ?? '';
    case 'yes-no':
      return isSo ?? false;
    case 'certification':
      return { number: words?.[0] ?? null, expiresOn: day };
  }
}

/** Options with a key each: that which they have, or one made of the label. */
export function keyedOptions(
  given: readonly { readonly key?: string | undefined; readonly label: string }[],
  known: readonly AttributeOption[],
): AttributeOption[] {
  const taken = new Set([...known.map(({ key }) => key), ...given.flatMap(({ key }) => key ?? [])]);
  const isKnown = (key: string): boolean => known.some((option) => option.key === key);
  return given.map(({ key, label }) => {
    if (key !== undefined && isKnown(key)) return { key, label };
    const wanted = key ?? (slugOf(label) || 'option');
    let free = wanted;
    for (let n = 2; key === undefined && taken.has(free); n += 1) free = `${wanted}-${n}`;
    taken.add(free);
    return { key: free, label };
  });
}

/** The label of the first option whose label or key stands twice; null: none. */
export function repeatedLabel(options: readonly AttributeOption[]): string | null {
  const seen = new Set<string>();
  for (const { key, label } of options) {
    const marks = [`key ${key}`, `label ${traitKey(label)}`];
    if (marks.some((mark) => seen.has(mark))) return label;
    for (const mark of marks) seen.add(mark);
  }
  return null;
}

/** Kinds that each condition asks about. */
const ASKED: Readonly<Record<GroupCondition['on'], readonly AttributeKind[]>> = {
  attribute: ['text', 'choice', 'choices'],
  'attribute-known': ['text', 'choice', 'choices', 'number', 'date', 'yes-no', 'certification'],
  'attribute-yes': ['yes-no'],
  'attribute-number': ['number'],
  'attribute-date': ['date', 'certification'],
  certified: ['certification'],
};

/**
 * @param attributes those of the vendor of the rule.
 * @param path of the rule in the request, for errors.
 * @throws DomainError `partner-group.condition-invalid` for an attribute that
 *   is not among them or of another kind, for a key that it does not have, and
 *   for limits that nothing lies between.
 */
export function requireUsableConditions(
  conditions: readonly GroupCondition[],
  attributes: ReadonlyMap<PartnerAttributeId, PartnerAttribute>,
  path = 'rule',
): void {
  for (const [at, condition] of conditions.entries()) {
    const refuse = (field: string, sentence: string): never => {
      throw new DomainError('partner-group.condition-invalid', sentence, {
        field: `${path}.conditions[${at}].${field}`,
      });
    };
    const attribute = attributes.get(condition.attributeId);
    if (attribute === undefined)
      return refuse('attributeId', 'You have no attribute with this id. Choose one of your attributes.');
    const { name, kind, options } = attribute;
    if (!ASKED[condition.on].includes(kind))
      return refuse(
        'on',
        `"${name}" is of the kind ${kind}, and "${condition.on}" asks about ${ASKED[condition.on].join(', ')}.`,
      );
    if (condition.on === 'attribute' && kind !== 'text') {
      const unknown = condition.is.find((key) => options.every((option) => option.key !== traitKey(key)));
      if (unknown !== undefined)
        return refuse(
          'is',
          `"${name}" has no option "${unknown}". Choose: ${options.map(({ key }) => key).join(', ')}.`,
        );
    }
    if ('from' in condition && condition.from !== null && condition.to !== null && condition.from > condition.to)
      return refuse('to', `The upper limit of "${name}" lies below the lower one. Exchange them.`);
  }
}

/** The attributes that a rule asks about. */
export const attributesIn = (conditions: readonly GroupCondition[] = []): ReadonlySet<PartnerAttributeId> =>
  new Set(conditions.map(({ attributeId }) => attributeId));

/** Whether a text is a day that exists: `2027-02-30` is none. */
function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
