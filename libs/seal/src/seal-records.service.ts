import { Injectable } from '@nestjs/common';
import type { SignedActivationSeal, SignedReceipt } from '#contracts';
import { Database, unnestRows } from '#database';
import {
  type Actor,
  type ActivationId,
  type CampaignVersionId,
  type MessageId,
  notFound,
  type PartnerId,
  type SystemActor,
} from '#kernel';
import { sha256 } from './canonical-json.js';

/** Stores activation seals and receipts. */
@Injectable()
export class SealRecords {
  constructor(private readonly database: Database) {}

  /** Stores the seal of an activation's edition in the open transaction. It never changes. */
  async storeActivationSeal(partnerId: PartnerId, edition: number, signed: SignedActivationSeal): Promise<void> {
    const { activationId, vendorId } = signed.payload;
    await this.database.query(
      'INSERT INTO seal.activation_seal (activation_id, partner_id, vendor_id, signed, edition) VALUES ($1, $2, $3, $4, $5)',
      [activationId, partnerId, vendorId, JSON.stringify(signed), edition],
    );
  }

  /**
   * @throws DomainError `activation-seal.not-found` also for another partner's.
   */
  async activationSeal(actor: Actor, activationId: ActivationId, edition: number): Promise<SignedActivationSeal> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ signed: SignedActivationSeal }>(
        'SELECT signed FROM seal.activation_seal WHERE activation_id = $1 AND edition = $2',
        [activationId, edition],
      ),
    );
    if (found === undefined) throw notFound('activation-seal', activationId);
    return found.signed;
  }

  /**
   * Stores receipts. A message that is built again has a new one.
   * @param fences of the claims of the messages, one per receipt: an older
   *   claim does not overwrite the receipt of a newer one. Omitted for messages
   *   without a claim.
   */
  async storeReceipts(
    actor: SystemActor,
    partnerId: PartnerId,
    receipts: readonly SignedReceipt[],
    fences: readonly number[] = receipts.map(() => 0),
  ): Promise<void> {
    if (receipts.length === 0) return;
    const rows = unnestRows(
      receipts,
      {
        subjectKind: ['text', ({ payload }) => payload.subject.kind],
        subjectId: ['uuid', ({ payload }) => payload.subject.id],
        activationId: ['uuid', ({ payload }) => payload.activationId],
        vendorId: ['uuid', ({ payload }) => payload.vendorId],
        signed: ['jsonb', (receipt) => receipt],
        fence: ['int', (_, index) => fences[index]],
      },
      [partnerId],
    );
    await this.database.inTransaction(actor, () =>
      this.database.query(
        `INSERT INTO seal.receipt AS kept
           (subject_kind, subject_id, activation_id, partner_id, vendor_id, signed, fence)
         SELECT subject_kind, subject_id, activation_id, $1, vendor_id, signed, fence FROM ${rows.from}
         ON CONFLICT (subject_kind, subject_id)
         DO UPDATE SET signed = excluded.signed, fence = excluded.fence WHERE kept.fence <= excluded.fence`,
        rows.parameters,
      ),
    );
  }

  /**
   * A test for the subject of a message, by the hash in its receipt: subjects
   * are not stored.
   * @returns null if the receipt has none, because the final bytes were not
   *   verified (`SEAL_SAMPLE`).
   */
  async subjectTest(actor: SystemActor, messageId: MessageId): Promise<((text: string) => boolean) | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ subject: string | null }>(
        `SELECT signed->'payload'->'hashes'->>'subject' AS subject FROM seal.receipt
         WHERE subject_kind = 'message' AND subject_id = $1`,
        [messageId],
      ),
    );
    const subject = found?.subject ?? null;
    return subject === null ? null : (text) => sha256(text) === subject;
  }

  /** Of which version and e-mail a message was, by its receipt; null: it has none. */
  async sealedCopyOf(
    actor: SystemActor,
    messageId: MessageId,
  ): Promise<{ readonly versionId: CampaignVersionId; readonly key: string } | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ versionId: CampaignVersionId; key: string }>(
        `SELECT signed->'payload'->>'versionId' AS version_id, signed->'payload'->>'key' AS key FROM seal.receipt
         WHERE subject_kind = 'message' AND subject_id = $1`,
        [messageId],
      ),
    );
    return found ?? null;
  }

  /** @throws DomainError `receipt.not-found` also for another partner's. */
  async receipt(actor: Actor, kind: 'message' | 'asset', id: string): Promise<SignedReceipt> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ signed: SignedReceipt }>(
        'SELECT signed FROM seal.receipt WHERE subject_kind = $1 AND subject_id = $2',
        [kind, id],
      ),
    );
    if (found === undefined) throw notFound('receipt', id);
    return found.signed;
  }
}
