import type { SegmentRule } from '#contracts';
import { DomainError } from '#kernel';
import { checkField } from '../contact-fields.js';

/** Fields whose values a contact stores in one form: `DE`, `Europe/Berlin`, `pt-BR`. */
const CODED = new Set<string>(['country', 'timeZone', 'language']);

/**
 * The rule with countries, time zones and languages as contacts store them:
 * "Germany" is `DE`.
 * @throws DomainError `segment.value-unknown`, which names condition and value.
 */
export const withStoredValues = (rule: SegmentRule): SegmentRule => ({
  ...rule,
  conditions: rule.conditions.map((condition, at) =>
    condition.on === 'field' && CODED.has(condition.field)
      ? { ...condition, is: condition.is.map((value) => storedValue(condition.field, value, at)) }
      : condition,
  ),
});

function storedValue(field: Parameters<typeof checkField>[0], value: string, at: number): string {
  const checked = checkField(field, value);
  if ('value' in checked && checked.value !== null) return checked.value;
  const what = { country: 'country', timeZone: 'time zone', language: 'language' }[field as 'country'];
  throw new DomainError(
    'segment.value-unknown',
    `“${value}” is no ${what}. Write it as contacts have it, such as DE, Europe/Berlin or pt-BR.`,
    { field: `rule.conditions[${at}].is`, value },
  );
}
