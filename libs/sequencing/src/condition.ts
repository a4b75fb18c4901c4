import { dateOn } from './calendar.js';
import type { SequenceDefinition } from './sequence-definition.js';
import { type Condition, type ContactField, isChoice, type LeadState } from './step.js';

/**
 * An event of a contact: a human click, a form, a reply, an event by API, or a
 * changed fact.
 */
export interface SequenceEvent {
  readonly kind: 'click' | 'form' | 'reply' | 'event' | 'lead' | 'list' | 'field';
  /**
   * The link, page, event, state or list; null where there is no name to it.
   */
  readonly name: string | null;
  readonly at: Date;
}

/** All that conditions ask about one contact. */
export interface Facts {
  /** Since the contact was enrolled, in any order. */
  readonly events: readonly SequenceEvent[];
  readonly fields: Readonly<Partial<Record<ContactField, string | null>>>;
  /** Of the lead in this activation, where there is one. */
  readonly leadState: LeadState | null;
  /** Names of the partner's lists that the contact is on. */
  readonly lists: readonly string[];
}

export const NOTHING_KNOWN: Facts = { events: [], fields: {}, leadState: null, lists: [] };

/**
 * Whether any event can move a contact in this sequence.
 * Only then are facts loaded.
 */
export const isConditional = ({ steps, goals = [], exits = [] }: SequenceDefinition): boolean =>
  goals.length > 0 || exits.length > 0 || steps.some(isChoice);

/** @param since only later events count. */
export function isTrue(condition: Condition, facts: Facts, since: Date | null, now: Date, zone: string): boolean {
  const happened = (kind: SequenceEvent['kind'], name: string | null): boolean =>
    facts.events.some(
      (one) => one.kind === kind && (name === null || one.name === name) && (since === null || one.at >= since),
    );
  switch (condition.on) {
    case 'click':
      return happened('click', condition.link);
    case 'form':
      return happened('form', condition.page);
    case 'reply':
      return happened('reply', null);
    case 'event':
      return happened('event', condition.name);
    case 'lead':
      return facts.leadState !== null && condition.states.includes(facts.leadState);
    case 'list':
      return facts.lists.some((list) => isSame(list, condition.list));
    case 'field': {
      const value = facts.fields[condition.field] ?? null;
      return condition.values.some((one) => value !== null && isSame(value, one)) !== condition.isNot;
    }
    case 'date':
      return dateOn(now, zone) >= condition.date;
  }
}

const isSame = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
