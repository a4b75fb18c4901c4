import { DAY_MS } from '#kernel';
import type { SequenceDefinition } from './sequence-definition.js';

/**
 * Messages before this moment do not prevent a new enrolment; null: all
 * messages prevent it.
 */
export function reenrolmentCutoff({ reentry }: Pick<SequenceDefinition, 'reentry'>, now: Date): Date | null {
  return reentry === undefined ? null : new Date(now.getTime() - reentry.afterDays * DAY_MS);
}
