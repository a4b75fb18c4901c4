import { sendTimeOf, timeKey, windowOf } from './arms.js';
import { isWithin, type OpenHours } from './calendar.js';
import type { Circumstances, PartnerChoices } from './circumstances.js';
import type { SequenceDefinition } from './sequence-definition.js';
import type { ActionStep, SendTime } from './step.js';

type Hours = Map<string, OpenHours>;
/**
 * By choices, sequence, and country with the tested time, so that equal contacts
 * share one object. The calendar caches its results by that object.
 */
const hoursOf = new WeakMap<PartnerChoices, WeakMap<SequenceDefinition, Hours>>();

/**
 * Open hours of a step: the vendor's window, or the part of it that is tested
 * with the contact, without the holidays and blackouts of both.
 */
export function openHours(
  sequence: SequenceDefinition,
  step: ActionStep,
  circumstances: Pick<Circumstances, 'country' | 'choices' | 'arm'>,
): OpenHours {
  const { choices, country, arm } = circumstances;
  const time = sendTimeOf(step, arm);
  const name = time === null ? (country ?? '') : `${country ?? ''} ${timeKey(time)}`;
  const bySequence = hoursOf.get(choices) ?? new WeakMap<SequenceDefinition, Hours>();
  const byName = bySequence.get(sequence) ?? new Map<string, OpenHours>();
  const hours = byName.get(name) ?? hoursFor(sequence, time, circumstances);
  hoursOf.set(choices, bySequence.set(sequence, byName.set(name, hours)));
  return hours;
}

function hoursFor(
  sequence: SequenceDefinition,
  time: SendTime | null,
  circumstances: Pick<Circumstances, 'country' | 'choices'>,
): OpenHours {
  const { window, quietHours, holidays, blackouts = [] } = sequence;
  const { choices } = circumstances;
  const closed = [...blackouts, ...choices.blackouts];
  const isHoliday = holidayOf(sequence, circumstances);
  const closes =
    [holidays, choices.holidays, choices.publicHolidays].some((days) => days !== undefined) || closed.length > 0;
  const isClosedOn = (date: string): boolean => isHoliday(date) || closed.some((range) => isWithin(date, range));
  return {
    window: time === null ? window : windowOf(sequence, time),
    quietHours,
    isClosedOn: closes ? isClosedOn : undefined,
  };
}

/**
 * Whether a date is a holiday of the vendor or the partner, or a public one, in
 * the contact's country.
 */
export function holidayOf(
  { holidays, publicHolidays }: SequenceDefinition,
  { country, choices }: Pick<Circumstances, 'country' | 'choices'>,
): (date: string) => boolean {
  const said = [holidays, choices.holidays].flatMap((dates) => (dates === undefined ? [] : [dates]));
  const closing = publicHolidays === 'send' ? undefined : choices.publicHolidays;
  return (date) =>
    closing?.isHoliday(country, date) === true ||
    said.some(
      (dates) => dates['all']?.includes(date) === true || (country !== null && dates[country]?.includes(date) === true),
    );
}
