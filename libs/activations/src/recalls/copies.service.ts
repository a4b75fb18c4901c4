import { Injectable } from '@nestjs/common';
import { type Recall, recallOf, RecallsInForce } from '#campaigns';
import { Database } from '#database';
import { type ActivationId, type PartnerId, systemActor } from '#kernel';
import { Activations } from '../activations.service.js';
import type { AssetRecord } from '../activations.repository.js';
import { Launches } from '../embeds/launches.repository.js';

const COPIES = systemActor('copies');

/** Whether a copy of a document or picture is still what its vendor publishes. */
export interface CopyState {
  /** `unknown`: no partner was given a file with these bytes. */
  readonly state: 'current' | 'recalled' | 'superseded' | 'unknown';
  readonly since: Date | null;
  /** Of the landing page that follows; null: none. */
  readonly replacementSlug: string | null;
}

const UNKNOWN: CopyState = { state: 'unknown', since: null, replacementSlug: null };

/** Answers who holds a copy of a document or picture, and knows nothing but its bytes. */
@Injectable()
export class Copies {
  constructor(
    private readonly database: Database,
    private readonly recalls: RecallsInForce,
    private readonly activations: Activations,
    private readonly launches: Launches,
  ) {}

  /** @param hash SHA-256 of the file in hex. */
  async stateOf(hash: string): Promise<CopyState> {
    const [asset] = await this.database.inTransaction(COPIES, () =>
      this.database.query<Pick<AssetRecord, 'kind' | 'key' | 'locale'> & { readonly activationId: ActivationId }>(
        `SELECT activation_id, kind, key, locale FROM activations.asset WHERE blob_hash = $1 ORDER BY activation_id DESC LIMIT 1`,
        [hash],
      ),
    );
    if (asset === undefined) return UNKNOWN;
    const { versionId, partnerId } = await this.activations.get(COPIES, asset.activationId);
    const recall = recallOf(await this.recalls.ofVersion(COPIES, versionId, partnerId), { ...asset, hasBegun: true });
    if (recall === null) return { state: 'current', since: null, replacementSlug: null };
    const replacementSlug = await this.successor(partnerId, recall);
    const state = recall.replacementId === null ? 'recalled' : 'superseded';
    return { state, since: recall.decidedAt, replacementSlug };
  }

  /** The landing page that follows something recalled, where its partner has launched it; null: none. */
  async successor(partnerId: PartnerId, { replacementId }: Pick<Recall, 'replacementId'>): Promise<string | null> {
    if (replacementId === null) return null;
    return (await this.launches.launchOf(COPIES, partnerId, replacementId))?.slug ?? null;
  }
}
