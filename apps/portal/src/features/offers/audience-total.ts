import type { z } from 'zod';
import type { AudienceView } from '#contracts';

export type AudiencePart = z.output<typeof AudienceView>;

/** Totals for the counted part of the list. */
export interface Audience {
  readonly total: number;
  readonly looked: number;
  readonly willGet: number;
  readonly skipped: AudiencePart['skipped'];
  /** Recipients in another running campaign of the partner. */
  readonly inOtherCampaign: number;
  /** Recipients whose known language the campaign does not have. */
  readonly otherLanguage: number;
  readonly isComplete: boolean;
}

/** @param looks at least one. */
export function sumAudience(looks: readonly AudiencePart[]): Audience {
  const skipped = new Map<string, AudiencePart['skipped'][number]>();
  for (const one of looks.flatMap((look) => look.skipped))
    skipped.set(one.reason, { ...one, count: one.count + (skipped.get(one.reason)?.count ?? 0) });
  const willGet = looks.reduce((sum, look) => sum + look.willGet, 0);
  const looked = [...skipped.values()].reduce((sum, { count }) => sum + count, willGet);
  const isComplete = looks.at(-1)?.nextAfter === null;
  // Contacts may be added or removed meanwhile.
  // The size of a complete list is the number counted.
  const total = isComplete ? looked : Math.max(looked, looks[0]?.total ?? 0);
  const inOtherCampaign = looks.reduce((sum, look) => sum + look.inOtherCampaign, 0);
  const otherLanguage = looks.reduce((sum, look) => sum + look.otherLanguage, 0);
  return { total, looked, willGet, skipped: [...skipped.values()], inOtherCampaign, otherLanguage, isComplete };
}
