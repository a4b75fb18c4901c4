import { Injectable } from '@nestjs/common';
import { type Output, PublishedVersions, type Recall, recallOf, stopsEverything } from '#campaigns';
import type { EndCode } from '#contracts';
import { Database } from '#database';
import { type Actor, type ActivationId, Clock, type PartnerActor, type SystemActor } from '#kernel';
import type { Activation } from './activation.js';
import { Activations } from './activations.service.js';
import { ActivationsRepository, type AssetRecord } from './activations.repository.js';
import { documentIn } from './artwork/reader-document.js';
import { isPartnersOwn } from './branding/link-targets.js';
import { ContentRecalled } from './recalls/content-recalled.js';

/** The end of a campaign by its vendor. */
interface VendorEnd {
  readonly status: 'retired' | 'recalled';
  readonly at: Date;
  /** What the vendor tells its partners. */
  readonly reason: string | null;
  /** If the product ended it for the vendor. */
  readonly code: EndCode | null;
}

/** What of an activation may still come out: its vendor can end the campaign, and recall parts of it. */
@Injectable()
export class ActivationOutputs {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly repository: ActivationsRepository,
    private readonly published: PublishedVersions,
    private readonly activations: Activations,
  ) {}

  /** Whether the vendor has withdrawn what was sent, as a whole. */
  async isRecalled(actor: SystemActor, { versionId, partnerId }: Activation): Promise<boolean> {
    return (await this.published.launched(actor, versionId, partnerId)).status === 'recalled';
  }

  /** Whether the vendor has ended the campaign without withdrawing what was sent. */
  async isRetired(actor: SystemActor, { versionId, partnerId }: Activation): Promise<boolean> {
    return (await this.published.launched(actor, versionId, partnerId)).status === 'retired';
  }

  /** Whether its partner has stopped it, or its vendor has ended the campaign: its page goes on. */
  async hasEnded(actor: SystemActor, { status, versionId, partnerId }: Activation): Promise<boolean> {
    return status === 'stopped' || (await this.published.launched(actor, versionId, partnerId)).status !== 'published';
  }

  /** How the vendor ended the campaign; null: it has not. */
  async vendorEnd(actor: PartnerActor, { versionId }: Activation): Promise<VendorEnd | null> {
    const { status, endedAt, endedReason, endedCode } = await this.published.launched(actor, versionId);
    return status === 'published' || endedAt === null
      ? null
      : { status, at: endedAt, reason: endedReason, code: endedCode };
  }

  /**
   * Checks that an output of an activation may come out.
   * @throws ContentRecalled
   */
  async requireOutput(actor: SystemActor, activation: Activation, output: Output): Promise<void> {
    const recall = recallOf(await this.recallsOf(actor, activation), output);
    if (recall !== null) throw new ContentRecalled(activation, recall);
  }

  /**
   * Checks that anything of an activation may come out.
   * @throws ContentRecalled
   */
  async requireNotRecalled(actor: SystemActor, activation: Activation): Promise<void> {
    const recall = (await this.recallsOf(actor, activation)).find(stopsEverything);
    if (recall !== undefined) throw new ContentRecalled(activation, recall);
  }

  /** Whether a link of its campaign leads to what is the partner's own, which a recall leaves. */
  async isPartnersOwnLink(actor: SystemActor, activation: Activation, name: string): Promise<boolean> {
    return isPartnersOwn(name, (await this.activations.campaign(actor, activation)).definition);
  }

  /**
   * Documents, pictures and texts of posts that the partner may use: none once
   * the vendor has ended the campaign, and none that it has recalled.
   */
  async usableAssets(actor: PartnerActor, activation: Activation): Promise<AssetRecord[]> {
    return this.usableAmong(actor, activation, await this.assets(actor, activation.id));
  }

  /** Those of `assets` that `usableAssets` would give: for a caller that counts the others, too. */
  async usableAmong(
    actor: PartnerActor,
    activation: Activation,
    assets: readonly AssetRecord[],
  ): Promise<AssetRecord[]> {
    const { status, recalls } = await this.published.launched(actor, activation.versionId);
    if (status !== 'published') return [];
    // What a partner publishes from now on begins now.
    return assets.filter((asset) => recallOf(recalls, { ...asset, hasBegun: false }) === null);
  }

  /** Those that readers still get: none that the vendor has recalled. */
  async shownAssets(actor: SystemActor, activation: Activation): Promise<AssetRecord[]> {
    const recalls = await this.recallsOf(actor, activation);
    const assets = await this.assets(actor, activation.id);
    return assets.filter((asset) => recallOf(recalls, { ...asset, hasBegun: true }) === null);
  }

  /** All that was made for it, whether or not it may still be used. */
  assets(actor: Actor, id: ActivationId): Promise<AssetRecord[]> {
    return this.repository.assets(actor, id);
  }

  /**
   * A document in the language of its reader, or else in that of the launch.
   * @param wanted BCP 47; null: unknown.
   * @returns null if there is none of this key yet.
   */
  async document(
    actor: Actor,
    activation: Activation,
    key: string,
    wanted: string | null,
  ): Promise<AssetRecord | null> {
    return documentIn(await this.assets(actor, activation.id), { key, wanted, launched: activation.locale });
  }

  /** Records that the partner downloaded an asset. */
  async recordDownload(actor: PartnerActor, activation: Activation, asset: AssetRecord): Promise<void> {
    await this.database.inTransaction(actor, () => this.repository.recordDownload(activation, asset, this.clock.now()));
  }

  private async recallsOf(actor: SystemActor, { versionId, partnerId }: Activation): Promise<readonly Recall[]> {
    return (await this.published.launched(actor, versionId, partnerId)).recalls;
  }
}
