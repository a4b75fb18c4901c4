import type { Localised } from '#content';
import type { EndCode } from '#contracts';
import type { CampaignId, CampaignVersionId, PartnerActor, SystemActor, VendorId } from '#kernel';
import type { BlobHash } from '#storage';
import { type CalendarDate, isWithin } from './availability.js';
import type { EndedStatus, PlainVersion } from './campaign-version.js';
import { isWhole, type Recall, stopsEverything } from './recalls/recall.js';

/** A user of a partner, or a process that acts for a partner. */
export type OfferActor = PartnerActor | SystemActor;

/** A published version as partners see it. */
export interface OfferedVersion {
  readonly versionId: CampaignVersionId;
  readonly campaignId: CampaignId;
  readonly vendorId: VendorId;
  readonly number: number;
  readonly compiledHash: BlobHash;
  readonly title: Localised;
  readonly summary: Localised;
  readonly theme: string;
  readonly locales: readonly string[];
  readonly opensOn: CalendarDate;
  readonly closesOn: CalendarDate;
  /** What the vendor has applied of its test: an e-mail or a time. Null: nothing, or several versions were read. */
  readonly testWinner: string | null;
}

/** A version with its status: published, retired or recalled. */
export interface PublishedVersion extends OfferedVersion {
  readonly status: 'published' | EndedStatus;
  /** When the vendor ended it, and what it tells the partners; null: not. */
  readonly endedAt: Date | null;
  readonly endedReason: string | null;
  /** Why the product itself ended it; null: its vendor did, or it goes on. */
  readonly endedCode: EndCode | null;
  /** The vendor allows no new launches. */
  readonly launchesStopped: boolean;
  /** In force for the partner, newest first. `status` says `recalled` if one stops everything. */
  readonly recalls: readonly Recall[];
  /** The signed manifest, a blob. */
  readonly manifestHash: BlobHash;
  /** Whether `today` is from `opensOn` to `closesOn` (UTC calendar). */
  readonly inWindow: (today: Date) => boolean;
}

/** A stored version as partners see it. @param testWinner null: none was chosen, or it is not read. */
export function publishedView(
  version: PlainVersion,
  recalls: readonly Recall[],
  testWinner: string | null = null,
): PublishedVersion {
  const { id, status, opensOn, closesOn, manifestHash } = version;
  if (opensOn === null || closesOn === null || manifestHash === null || status === 'draft' || status === 'in-review')
    throw new Error(`The version ${id} is not published: constraints of the database should prevent this.`);
  const stop = status === 'recalled' ? undefined : recalls.find(stopsEverything);
  return {
    versionId: id,
    campaignId: version.campaignId,
    vendorId: version.vendorId,
    number: version.number,
    status: stop === undefined ? status : 'recalled',
    compiledHash: version.compiledHash,
    title: version.title,
    summary: version.summary,
    theme: version.theme,
    locales: version.locales,
    opensOn,
    closesOn,
    manifestHash,
    endedAt: stop?.decidedAt ?? version.endedAt,
    endedReason: stop?.reason ?? version.endedReason,
    endedCode: status === 'retired' && stop === undefined ? version.endedCode : null,
    launchesStopped: version.launchesStoppedAt !== null || recalls.some(isWhole),
    recalls,
    testWinner,
    inWindow: (today) => isWithin({ opensOn, closesOn }, today),
  };
}
