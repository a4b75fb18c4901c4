import type { DealStage } from '#contracts';

/** The status whose colour a stage has. */
export const statusOf = (stage: DealStage): 'working' | 'won' | 'lost' =>
  stage === 'won' || stage === 'lost' ? stage : 'working';
