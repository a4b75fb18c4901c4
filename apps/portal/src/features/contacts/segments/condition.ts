import type { SegmentCondition, SegmentRule } from '#contracts';

/** Kinds of conditions, as the form offers them. */
export const CONDITION_KINDS = [
  'field',
  'field-contains',
  'field-known',
  'consent',
  'added',
  'click',
  'form',
  'document',
  'reply',
  'lead',
] as const;
export type ConditionKind = (typeof CONDITION_KINDS)[number];

export const CONSENT_STATES = ['recorded', 'unknown', 'pending', 'expired'] as const;
export const LEAD_STATES = ['new', 'accepted', 'working', 'won', 'lost'] as const;
/** Fields by which contacts are grouped most, first. */
export const FIELDS = [
  'industry',
  'persona',
  'stage',
  'segment',
  'company',
  'country',
  'language',
  'timeZone',
  'salutation',
  'firstName',
  'lastName',
  'phone',
] as const;

export const kindOf = (condition: SegmentCondition): ConditionKind =>
  condition.on === 'engaged' ? condition.did : condition.on;

/** An empty condition of a kind. */
export function newCondition(kind: ConditionKind): SegmentCondition {
  switch (kind) {
    case 'field':
      return { on: 'field', field: 'industry', is: [], not: false };
    case 'field-contains':
      return { on: 'field-contains', field: 'company', text: '', not: false };
    case 'field-known':
      return { on: 'field-known', field: 'phone', not: false };
    case 'consent':
      return { on: 'consent', states: ['recorded'], not: false };
    case 'added':
      return { on: 'added', withinDays: 30, not: false };
    case 'lead':
      return { on: 'lead', states: ['new'], withinDays: null, campaignId: null, not: false };
    default:
      return { on: 'engaged', did: kind, withinDays: 30, campaignId: null, not: false };
  }
}

/** Whether nothing is left to fill in. */
export const isComplete = ({ conditions }: SegmentRule): boolean =>
  conditions.length > 0 &&
  conditions.every((condition) => {
    if (condition.on === 'field') return condition.is.length > 0;
    if (condition.on === 'field-contains') return condition.text.trim() !== '';
    return !('states' in condition) || condition.states.length > 0;
  });
