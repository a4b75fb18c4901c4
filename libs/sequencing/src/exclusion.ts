import type { SequenceEvent } from './condition.js';
import type { SequenceDefinition } from './sequence-definition.js';
import { type Condition, type LeadState, LEAD_STATES } from './step.js';

/**
 * Why a partner's campaigns stop for a contact: it answered, it is a lead, it
 * bought, or a user of the partner took it out.
 */
export const EXCLUSION_REASONS = ['answered', 'became-lead', 'deal-won', 'taken-out'] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

/** Name of the event of a lead that a step of the campaign itself made. */
export const MADE_BY_STEP = 'made-by-step';

/** States of a lead in which the partner talks to the contact. */
const OPEN_LEAD: readonly LeadState[] = LEAD_STATES.filter((state) => state !== 'won' && state !== 'lost');

/** What ends an enrolment if the campaign does not say it. */
const DEFAULT_EXITS: readonly Condition[] = [{ on: 'reply' }, { on: 'lead', states: [...OPEN_LEAD, 'won'] }];

/** The exits of a sequence: its own, or else a reply, a lead and a won deal. */
export const exitsOf = ({ exits }: Pick<SequenceDefinition, 'exits'>): readonly Condition[] => exits ?? DEFAULT_EXITS;

/**
 * Whether an exclusion ends the enrolments of a campaign. A contact that a user
 * took out gets nothing more of any campaign. Otherwise `exits` decides: written
 * exits replace the default, so `exits: []` goes on after all of them.
 */
export function endsByExclusion(sequence: Pick<SequenceDefinition, 'exits'>, reason: ExclusionReason): boolean {
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
export function exclusionBy(events: readonly SequenceEvent[]): ExclusionReason | null {
  if (events.some(({ kind }) => kind === 'reply')) return 'answered';
  const states = events.flatMap(({ kind, name }) => (kind === 'lead' ? [name] : []));
  if (states.includes('won')) return 'deal-won';
  return OPEN_LEAD.some((state) => states.includes(state)) ? 'became-lead' : null;
}
