import type { DealView } from '#contracts';

/** Stages that an open deal can have, and the two decisions. */
export const STAGES = [
  'qualified',
  'proposal',
  'negotiation',
  'won',
  'lost',
] as const satisfies readonly DealView['stage'][];
export const REASONS = ['price', 'competitor', 'no-budget', 'no-decision', 'timing', 'other'] as const;

/** The status whose colour a stage has. */
export const statusOf = (stage: DealView['stage']): 'working' | 'won' | 'lost' =>
  stage === 'won' || stage === 'lost' ? stage : 'working';
