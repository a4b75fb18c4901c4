import { Injectable } from '@nestjs/common';
import { type Recall, type RecallId, type RecallRequest, Recalls, RecallScopes, type ScopedRecall } from '#campaigns';
import { type CampaignDefinition, CompiledCampaigns } from '#content';
import { Database } from '#database';
import { ReleaseGate } from '#delivery';
import { requirePermission } from '#identity';
import { type CampaignVersionId, Clock, systemActor, type VendorActor } from '#kernel';
import {
  itemsOfActivation,
  itemsOfAll,
  type RecallChannel,
  possibleBy,
  type RecallItem,
  recallItems,
} from './recall-items.js';
import { type RecallReach, RecallRows } from './recall-rows.repository.js';

/** What a recall would take in, before it is confirmed. */
export interface RecallExtent {
  readonly versions: readonly number[];
  readonly partners: number;
  readonly activations: number;
  /** By type: how many e-mails, pages, documents and posts of the campaign. */
  readonly items: { readonly email: number; readonly page: number; readonly file: number; readonly post: number };
  /** Rows that the report will have. */
  readonly rows: number;
  /** Of the library, of which the versions have copies. */
  readonly assets: readonly NonNullable<Recall['asset']>[];
}

/** Recalls and reverses, so that nothing more is released from the answer on. */
@Injectable()
export class RecallControl {
  constructor(
    private readonly database: Database,
    private readonly gate: ReleaseGate,
    private readonly recalls: Recalls,
    private readonly scopes: RecallScopes,
    private readonly compiled: CompiledCampaigns,
    private readonly rows: RecallRows,
    private readonly clock: Clock,
  ) {}

  /**
   * What a recall would take in now. Changes nothing.
   * @throws DomainError as `Recalls.decide`.
   */
  async preview(actor: VendorActor, request: RecallRequest): Promise<RecallExtent> {
    requirePermission(actor, 'campaigns.retire');
    const scoped = await this.database.inTransaction(actor, () => this.scopes.resolve(actor, request));
    const { asset, tacticsOf } = scoped;
    const itemsOf = new Map<CampaignVersionId, readonly RecallItem[]>();
    const definitions = new Map<CampaignVersionId, CampaignDefinition>();
    for (const { id, compiledHash } of scoped.versions) {
      const scope = { ...request, asset, tactics: tacticsOf.get(id) ?? null };
      const { definition } = await this.compiled.load(compiledHash);
      definitions.set(id, definition);
      itemsOf.set(id, recallItems(definition, scope));
    }
    const now = this.clock.now();
    const rowsOf = (id: CampaignVersionId, launch: RecallReach): readonly RecallItem[] => {
      const definition = definitions.get(id);
      return definition === undefined ? [] : possibleBy(now, itemsOf.get(id) ?? [], definition, launch);
    };
    const reach = await this.reach(actor, scoped);
    const all = itemsOfAll([...itemsOf.values()]);
    const count = (channel: RecallChannel): number => all.filter((item) => item.channel === channel).length;
    const activations = reach.reduce((sum, one) => sum + one.activations, 0);
    return {
      versions: scoped.versions.map(({ number }) => number),
      partners: new Set(reach.map(({ partnerId }) => partnerId)).size,
      activations,
      assets: scoped.assets,
      items: {
        email: count('email'),
        page: count('page'),
        file: count('file'),
        post: count('post'),
      },
      rows: reach.reduce(
        (sum, one) =>
          sum + one.activations * itemsOfActivation(one.versionIds, one.runningId, (id) => rowsOf(id, one)).length,
        0,
      ),
    };
  }

  private async reach({ vendorId }: VendorActor, { versions, group }: ScopedRecall): Promise<RecallReach[]> {
    return this.database.inTransaction(systemActor('recall-extent', { vendorId }), () =>
      this.rows.reach(
        versions.map(({ id }) => id),
        group?.partnerIds ?? null,
        this.clock.now(),
      ),
    );
  }

  /**
   * Recalls. From the return of this method on nothing more goes out.
   * @throws DomainError as `Recalls.decide`.
   */
  async recall(actor: VendorActor, request: RecallRequest): Promise<Recall> {
    const recall = await this.database.inTransaction(actor, async () => {
      // Releases that have begun come before, later ones read the recall.
      await this.gate.close();
      return this.recalls.decide(actor, request);
    });
    await this.gate.waitForSubmissions({ vendorId: actor.vendorId });
    return recall;
  }

  /** @throws DomainError `recall.not-found`, `recall.reversed`. */
  async reverse(actor: VendorActor, id: RecallId, reason: string): Promise<Recall> {
    return this.database.inTransaction(actor, () => this.recalls.reverse(actor, id, reason));
  }
}
