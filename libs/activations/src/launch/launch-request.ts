import { createHash } from 'node:crypto';
import type { LaunchLists } from '#contacts';
import type { CampaignVersionId } from '#kernel';
import type { SlotNodes } from '#rendering';
import type { StricterLeadRule, PartnerChoices } from '#sequencing';

export interface LaunchRequest {
  readonly versionId: CampaignVersionId;
  readonly lists: LaunchLists;
  /** Null: now. */
  readonly startAt: Date | null;
  readonly locale: string | null;
  readonly slots: Readonly<Record<string, SlotNodes>>;
  readonly choices: PartnerChoices;
  /** What is stricter than the vendor's lead rule; null: nothing. */
  readonly leadRule: StricterLeadRule | null;
  readonly idempotencyKey: string;
}

/** SHA-256 of a request without its key, to recognise a repetition. */
export function requestHashOf({ versionId, lists, startAt, locale, slots, choices, leadRule }: LaunchRequest): string {
  const { include, exclude } = lists;
  // As before launches had several lists: a repetition of an older launch is
  // recognised.
  const asList = include.length === 1 && exclude.length === 0 ? include[0] : [include.toSorted(), exclude.toSorted()];
  const asked = [versionId, asList, startAt?.toISOString() ?? null, locale, slots, choices];
  return createHash('sha256')
    .update(JSON.stringify(leadRule === null ? asked : [...asked, leadRule]))
    .digest('hex');
}
