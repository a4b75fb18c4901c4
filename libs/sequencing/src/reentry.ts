import type { SequenceDefinition } from './sequence-definition.js';

const DAY_MS = 86_400_000;

/** What a contact got of a campaign before this does not keep it from being enrolled again; null: all that it ever got does. */
export function forgottenBefore({ reentry }: Pick<SequenceDefinition, 'reentry'>, now: Date): Date | null {
  return reentry === undefined ? null : new Date(now.getTime() - reentry.afterDays * DAY_MS);
}
