import type { TacticType } from '#contracts';
import type { AssetId } from '#assets';
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
  /** An asset of the library: what shows it is recalled. Null: no asset. */
  readonly asset: { readonly id: AssetId; readonly title: string } | null;
  /** Of a version that was asked for: what shows the asset. */
  readonly tactics: readonly Tactic[] | null;
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

/** What decides which outputs of a version a recall takes in. */
export type RecallScope = Pick<Recall, 'tactic' | 'asset' | 'tactics' | 'locale'>;

/** Whether it takes in every tactic and language of its versions. */
export const isWhole = ({ tactic, asset, locale }: Omit<RecallScope, 'tactics'>): boolean =>
  tactic === null && asset === null && locale === null;

/** Whether it stops everything of its versions, also for readers who have begun. */
export const stopsEverything = (recall: Pick<Recall, 'tactic' | 'asset' | 'locale' | 'mode'>): boolean =>
  isWhole(recall) && recall.mode !== 'finish';

/** Whether it takes in a tactic in a language, for readers of any kind. */
export const covers = (
  { tactic, asset, tactics, locale }: RecallScope,
  output: Pick<Output, 'kind' | 'key' | 'locale'>,
): boolean =>
  (tactic === null || isSame(tactic, output)) &&
  (asset === null || (tactics ?? []).some((one) => isSame(one, output))) &&
  (locale === null || locale === output.locale);

const isSame = (one: Tactic, other: Tactic): boolean => one.kind === other.kind && one.key === other.key;

/**
 * The recall that forbids an output: the one decision of all channels.
 * @param inForce recalls of its version that concern its partner, newest first.
 * @returns null if it may come out.
 */
export function recallOf(inForce: readonly Recall[], output: Output): Recall | null {
  return inForce.find((recall) => covers(recall, output) && !(recall.mode === 'finish' && output.hasBegun)) ?? null;
}
