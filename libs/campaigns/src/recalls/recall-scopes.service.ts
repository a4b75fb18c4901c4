import { Injectable } from '@nestjs/common';
import type { AssetId } from '#assets';
import { CompiledCampaigns } from '#content';
import { TACTIC_TYPES } from '#contracts';
import {
  type CampaignId,
  type CampaignVersionId,
  Clock,
  DomainError,
  type PartnerGroupId,
  type PartnerId,
  type VendorActor,
} from '#kernel';
import { PartnerGroups } from '#organisations';
import type { CampaignVersion } from '../campaign-version.js';
import { CampaignsRepository } from '../campaigns.repository.js';
import { AssetUsers } from './asset-users.service.js';
import type { Recall, RecallMode, Tactic } from './recall.js';

/** What a vendor asks to recall, and how. */
export interface RecallRequest {
  readonly campaignId: CampaignId;
  /** Null: all published versions. */
  readonly versionNumber: number | null;
  readonly tactic: Tactic | null;
  /** Of the library: what shows it. */
  readonly assetId: AssetId | null;
  /** BCP 47. */
  readonly locale: string | null;
  readonly groupId: PartnerGroupId | null;
  readonly mode: RecallMode;
  /** The version that follows; null unless the mode is `replace`. */
  readonly replacementNumber: number | null;
  readonly reason: string;
}

/** What a request takes in now. */
export interface ScopedRecall {
  readonly versions: readonly CampaignVersion[];
  readonly asset: Recall['asset'];
  /** All assets of which the campaign's versions have copies. */
  readonly assets: readonly NonNullable<Recall['asset']>[];
  /** What shows the asset. Empty without one. */
  readonly tacticsOf: ReadonlyMap<CampaignVersionId, readonly Tactic[]>;
  /** Null: all partners. */
  readonly group: {
    readonly id: PartnerGroupId;
    readonly name: string;
    readonly partnerIds: readonly PartnerId[];
  } | null;
  readonly replacementId: CampaignVersionId | null;
}

/** Finds out what a request for a recall takes in. */
@Injectable()
export class RecallScopes {
  constructor(
    private readonly rows: CampaignsRepository,
    private readonly compiled: CompiledCampaigns,
    private readonly groups: PartnerGroups,
    private readonly assets: AssetUsers,
    private readonly clock: Clock,
  ) {}

  /**
   * In the open transaction.
   * @throws DomainError `campaign.not-published`, `recall.replacement-unusable`,
   *   `recall.locale-unknown`, `recall.tactic-unknown`, `recall.asset-unused`,
   *   `asset.not-found`, `partner-group.not-found`.
   */
  async resolve(actor: VendorActor, request: RecallRequest): Promise<ScopedRecall> {
    const { campaignId, groupId } = request;
    await this.rows.campaign(campaignId);
    const all = await this.rows.versions(campaignId);
    const replacement = this.replacementOf(request, all);
    const published = all.filter(
      ({ id, number, status }) =>
        (status === 'published' || status === 'retired') &&
        id !== replacement?.id &&
        (request.versionNumber === null || number === request.versionNumber),
    );
    if (published.length === 0)
      throw conflict(
        'campaign.not-published',
        'There is nothing to recall: no such version is published. Choose a published version.',
      );
    await this.requireContent(request, published);
    const asset = request.assetId === null ? null : await this.assets.titleOf(actor, request.assetId);
    const tacticsOf = asset === null ? new Map() : await this.assets.tacticsOf(actor, asset.id, published);
    const versions = asset === null ? published : published.filter(({ id }) => tacticsOf.has(id));
    if (asset !== null && versions.length === 0) throw unused(asset);
    const group = groupId === null ? null : await this.groups.get(actor, groupId);
    return {
      versions,
      asset,
      assets: await this.assets.assetsIn(actor, published),
      tacticsOf,
      replacementId: replacement?.id ?? null,
      group: group && {
        id: group.id,
        name: group.name,
        partnerIds: (await this.groups.members(actor, group)).map(({ partnerId }) => partnerId),
      },
    };
  }

  private replacementOf(
    { mode, replacementNumber, versionNumber, tactic, assetId, locale }: RecallRequest,
    versions: readonly CampaignVersion[],
  ): CampaignVersion | null {
    if (mode !== 'replace') return null;
    const found = versions.find(({ number }) => number === replacementNumber);
    if (
      found === undefined ||
      found.number === versionNumber ||
      assetId !== null ||
      tactic !== null ||
      locale !== null ||
      !found.mayBeLaunched(this.clock.now())
    )
      throw new DomainError(
        'recall.replacement-unusable',
        'A recalled version is replaced as a whole, by another version that partners can launch. Publish it first, or recall without a replacement.',
        { field: 'replacementNumber' },
      );
    return found;
  }

  /** Each tactic and language must be in one of the versions: otherwise nothing would be recalled. */
  private async requireContent({ tactic, locale }: RecallRequest, versions: readonly CampaignVersion[]): Promise<void> {
    if (locale !== null && !versions.some(({ locales }) => locales.includes(locale)))
      throw new DomainError(
        'recall.locale-unknown',
        `The campaign has no texts in “${locale}”. Choose one of its languages.`,
        { field: 'locale' },
      );
    if (tactic === null) return;
    for (const { compiledHash } of versions) {
      const { definition } = await this.compiled.load(compiledHash);
      if (tactic.key in definition[TACTIC_TYPES[tactic.kind].section]) return;
    }
    throw new DomainError(
      'recall.tactic-unknown',
      `The campaign has no ${tactic.kind} “${tactic.key}”. Choose one of its contents.`,
      { field: 'tactic' },
    );
  }
}

const conflict = (code: `campaign.${string}`, sentence: string): DomainError =>
  new DomainError(code, sentence, {}, { kind: 'conflict' });

const unused = ({ title }: NonNullable<Recall['asset']>): DomainError =>
  new DomainError(
    'recall.asset-unused',
    `No published version of this campaign shows “${title}”. Choose an asset that it shows.`,
    { field: 'assetId', title },
  );
