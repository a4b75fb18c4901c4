import { Injectable } from '@nestjs/common';
import { type Recall, type RecallId, type RecallRequest, Recalls, RecallScopes } from '#campaigns';
import { CompiledCampaigns } from '#content';
import { Database } from '#database';
import { ReleaseGate } from '#delivery';
import { requirePermission } from '#identity';
import type { VendorActor } from '#kernel';
import { recallItems } from './recall-items.js';
import { RecallRows } from './recall-rows.repository.js';

/** What a recall would take in, before it is confirmed. */
export interface RecallExtent {
  readonly versions: readonly number[];
  readonly partners: number;
  readonly activations: number;
  /** By type: how many e-mails, pages, documents and posts of the campaign. */
  readonly items: { readonly email: number; readonly page: number; readonly file: number; readonly post: number };
  /** Rows that the report will have. */
  readonly rows: number;
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
  ) {}

  /**
   * What a recall would take in now. Changes nothing.
   * @throws DomainError as `Recalls.decide`.
   */
  async preview(actor: VendorActor, request: RecallRequest): Promise<RecallExtent> {
    requirePermission(actor, 'campaigns.retire');
    return this.database.inTransaction(actor, async () => {
      const { versions, group } = await this.scopes.resolve(actor, request);
      const reach = await this.rows.reach(
        versions.map(({ id }) => id),
        group?.partnerIds ?? null,
      );
      const keys = new Set<string>();
      let rows = 0;
      for (const { id, compiledHash } of versions) {
        const items = recallItems((await this.compiled.load(compiledHash)).definition, request);
        for (const { channel, itemKey } of items) keys.add(`${channel} ${itemKey}`);
        rows += items.length * (reach.activationsOf.get(id) ?? 0);
      }
      const count = (channel: string): number => [...keys].filter((key) => key.startsWith(`${channel} `)).length;
      return {
        versions: versions.map(({ number }) => number),
        partners: reach.partners,
        activations: reach.activations,
        items: { email: count('email'), page: count('page'), file: count('file'), post: count('post') },
        rows,
      };
    });
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
