import { afterWait, nextOpening, type SequenceDefinition } from '#sequencing';

/** Where a contact is in a sequence, and when something is next. */
export type Standing =
  { readonly kind: 'waiting'; readonly position: number; readonly dueAt: Date } | { readonly kind: 'completed' };

/**
 * From a position, the next e-mail and its moment: waits are added up, and the window of the contact's own clock is kept.
 * Pure: time comes in, nothing else is asked.
 */
export function nextStanding(sequence: SequenceDefinition, position: number, from: Date, zone: string): Standing {
  let at = from;
  for (let step = position; step < sequence.steps.length; step++) {
    const found = sequence.steps[step];
    if (found?.kind === 'wait') at = afterWait(at, found, zone);
    else if (found?.kind === 'email')
      return { kind: 'waiting', position: step, dueAt: nextOpening(at, zone, sequence) };
  }
  return { kind: 'completed' };
}

/** Whether a moment lies in the window; a step that fell due late waits for the next one. */
export function inWindow(sequence: SequenceDefinition, now: Date, zone: string): boolean {
  return nextOpening(now, zone, sequence).getTime() === now.getTime();
}

export type ZoneSource = 'contact' | 'country' | 'activation';

/** The zone of a contact's clock and where it is from: the contact's own, its country's where there is one, else the partner's. */
export function zoneOf(
  contact: { timeZone: string | null; country: string | null },
  countryZone: (country: string) => string,
  partnerZone: string,
): { zone: string; source: ZoneSource } {
  if (contact.timeZone !== null) return { zone: contact.timeZone, source: 'contact' };
  const byCountry = contact.country === null ? 'UTC' : countryZone(contact.country);
  if (byCountry !== 'UTC') return { zone: byCountry, source: 'country' };
  return { zone: partnerZone, source: 'activation' };
}
