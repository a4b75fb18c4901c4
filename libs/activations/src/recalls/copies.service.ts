import { Injectable } from '@nestjs/common';
import { SharedCopies } from '#assets';
import { type Recall, recallOf, RecallsInForce } from '#campaigns';
import { Database } from '#database';
import { type CampaignVersionId, type PartnerId, systemActor } from '#kernel';
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

/** A file that a partner was given, with the version that it was made from. */
interface GivenFile extends Pick<AssetRecord, 'kind' | 'key' | 'locale'> {
  readonly partnerId: PartnerId;
  readonly versionId: CampaignVersionId;
}

/** Answers who holds a copy of a document or picture, and knows nothing but its bytes. */
@Injectable()
export class Copies {
  constructor(
    private readonly database: Database,
    private readonly recalls: RecallsInForce,
    private readonly launches: Launches,
    private readonly shared: SharedCopies,
  ) {}

  /** @param hash SHA-256 of the file in hex. */
  async stateOf(hash: string): Promise<CopyState> {
    const asset = await this.givenFile(hash);
    if (asset === null) {
      const shared = await this.shared.stateOf(hash);
      return shared === null ? UNKNOWN : { ...shared, replacementSlug: null };
    }
    const { versionId, partnerId } = asset;
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

  /** The newest with these bytes. The present edition of an activation comes before its others. */
  private async givenFile(hash: string): Promise<GivenFile | null> {
    const [found] = await this.database.inTransaction(COPIES, () =>
      this.database.query<GivenFile>(
        `SELECT f.kind, f.key, f.locale, a.partner_id, coalesce(e.version_id, a.version_id) AS version_id
         FROM activations.asset f JOIN activations.activation a ON a.id = f.activation_id
         LEFT JOIN activations.edition e ON e.activation_id = f.activation_id AND e.number = f.edition
         WHERE f.blob_hash = $1 ORDER BY f.activation_id DESC, f.edition = a.edition DESC, f.edition DESC LIMIT 1`,
        [hash],
      ),
    );
    return found ?? null;
  }
}
