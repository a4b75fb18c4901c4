import type { SequenceEvent } from './condition.js';
import type { EnteredSequence } from './entry.js';
import { type Condition, type LeadState, LEAD_STATES } from './step.js';

/**
 * Why a partner's campaigns stop for a contact: it answered, it is a lead, it
 * bought, or a user of the partner took it out.
 */
export const EXCLUSION_REASONS = ['answered', 'became-lead', 'deal-won', 'taken-out'] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

/** `lead-taken-up`: a user works on the lead, or has lost it; only follow-ups end by it. */
export type EndReason = ExclusionReason | 'lead-taken-up';

/** Name of the event of a lead that a step of the campaign itself made. */
export const MADE_BY_STEP = 'made-by-step';

/** States of a lead in which the partner talks to the contact. */
const OPEN_LEAD: readonly LeadState[] = LEAD_STATES.filter((state) => state !== 'won' && state !== 'lost');

/** What ends an enrolment if the campaign does not say it. */
const DEFAULT_EXITS: readonly Condition[] = [{ on: 'reply' }, { on: 'lead', states: [...OPEN_LEAD, 'won'] }];

/**
 * The same for a follow-up. It began with what makes a lead, so a new or an
 * accepted one does not end it: only a user who works on it or closes it.
 */
const TAKEN_UP: readonly LeadState[] = ['working', 'won', 'lost'];
const FOLLOW_UP_EXITS: readonly Condition[] = [{ on: 'reply' }, { on: 'lead', states: TAKEN_UP }];

type Exits = Pick<EnteredSequence, 'exits' | 'isFollowUp'>;

/** The exits that are written. A new lead is how a follow-up begins: it is none of its exits. */
export function exitConditionsOf({ exits = [], isFollowUp }: Exits): readonly Condition[] {
  if (isFollowUp !== true) return exits;
  return exits.map((when) =>
    when.on === 'lead' ? { on: 'lead', states: when.states.filter((state) => state !== 'new') } : when,
  );
}

/** The exits of a sequence: its own, or else a reply, a lead and a won deal. */
export function exitsOf(sequence: Exits): readonly Condition[] {
  if (sequence.exits !== undefined) return exitConditionsOf(sequence);
  return sequence.isFollowUp === true ? FOLLOW_UP_EXITS : DEFAULT_EXITS;
}

/**
 * Whether an exclusion ends the enrolments of a campaign. A contact that a user
 * took out gets nothing more of any campaign. Otherwise `exits` decides: written
 * exits replace the default, so `exits: []` goes on after all of them.
 */
export function endsByExclusion(sequence: Exits, reason: ExclusionReason): boolean {
  return reason === 'taken-out' || exitsOf(sequence).some((when) => meets(when, reason));
}

function meets(when: Condition, reason: ExclusionReason): boolean {
  if (when.on === 'reply') return reason === 'answered';
  if (when.on !== 'lead') return false;
  if (reason === 'deal-won') return when.states.includes('won');
  return reason === 'became-lead' && when.states.some((state) => OPEN_LEAD.includes(state));
}

/**
 * The exclusion that events of the campaign itself mean, if its `exits` are not
 * written. A lead that a step of the campaign made ends nothing: the author says
 * what follows that step.
 */
export function exclusionBy(events: readonly SequenceEvent[], isFollowUp?: boolean): EndReason | null {
  if (events.some(({ kind }) => kind === 'reply')) return 'answered';
  const states = events.flatMap(({ kind, name }) => (kind === 'lead' ? [name] : []));
  if (states.includes('won')) return 'deal-won';
  if (isFollowUp === true) return TAKEN_UP.some((state) => states.includes(state)) ? 'lead-taken-up' : null;
  return OPEN_LEAD.some((state) => states.includes(state)) ? 'became-lead' : null;
}
