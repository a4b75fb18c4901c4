import type { TacticType } from '#contracts';
import type { CampaignId, CampaignVersionId, Id, PartnerGroupId, PartnerId, VendorId } from '#kernel';

export type RecallId = Id<'recall'>;

/**
 * `stop`: nothing more comes out.
 * `finish`: contacts that have got an e-mail go on to the end; nothing begins.
 * `replace`: as `stop`, and notices name the version that follows.
 */
export type RecallMode = 'stop' | 'finish' | 'replace';

/** One e-mail, page, document or post of a campaign. */
export interface Tactic {
  readonly kind: TacticType;
  readonly key: string;
}

/** A recall, and its reversal. */
export interface Recall {
  readonly id: RecallId;
  readonly vendorId: VendorId;
  readonly campaignId: CampaignId;
  /** Null: all versions that were published then. */
  readonly versionNumber: number | null;
  /** Null: all of them. */
  readonly tactic: Tactic | null;
  /** BCP 47; null: all languages. */
  readonly locale: string | null;
  /** Null: all partners. */
  readonly group: { readonly id: PartnerGroupId; readonly name: string } | null;
  /** The members of the group then; null: all partners. */
  readonly partnerIds: readonly PartnerId[] | null;
  readonly mode: RecallMode;
  /** Null unless the mode is `replace`. */
  readonly replacementId: CampaignVersionId | null;
  readonly reason: string;
  readonly decidedAt: Date;
  readonly decidedBy: string;
  readonly reversedAt: Date | null;
  readonly reversedBy: string | null;
  readonly reversalReason: string | null;
}

/** Something of a version that would come out. */
export interface Output extends Tactic {
  /** BCP 47. */
  readonly locale: string;
  /** Whether its reader got something of the campaign before the recall. */
  readonly hasBegun: boolean;
}

/** Whether it takes in every tactic and language of its versions. */
export const isWhole = ({ tactic, locale }: Pick<Recall, 'tactic' | 'locale'>): boolean =>
  tactic === null && locale === null;

/** Whether it stops everything of its versions, also for readers who have begun. */
export const stopsEverything = (recall: Pick<Recall, 'tactic' | 'locale' | 'mode'>): boolean =>
  isWhole(recall) && recall.mode !== 'finish';

/** Whether it takes in a tactic in a language, for readers of any kind. */
export const covers = (
  { tactic, locale }: Pick<Recall, 'tactic' | 'locale'>,
  output: Pick<Output, 'kind' | 'key' | 'locale'>,
): boolean =>
  (tactic === null || (tactic.kind === output.kind && tactic.key === output.key)) &&
  (locale === null || locale === output.locale);

/**
 * The recall that forbids an output: the one decision of all channels.
 * @param inForce recalls of its version that concern its partner, newest first.
 * @returns null if it may come out.
 */
export function recallOf(inForce: readonly Recall[], output: Output): Recall | null {
  return inForce.find((recall) => covers(recall, output) && !(recall.mode === 'finish' && output.hasBegun)) ?? null;
}
