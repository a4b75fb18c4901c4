import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { TotalsWording } from '#contracts';
import { Database } from '#database';
import {
  type Actor,
  Clock,
  DomainError,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  systemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { recordForBoth } from './record-for-both.js';

/** Whether a partner shows a vendor its exact totals. */
export interface SharedTotalsChoice {
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
  readonly isShared: boolean;
  /** What it agreed to, if it shares. */
  readonly wording: TotalsWording;
  /** The name of a person of the partner. */
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** The answer of a partner that accepts an invitation. */
export interface TotalsAnswer {
  readonly partnerId: PartnerId;
  readonly vendorId: VendorId;
  /** Absent: the question was not answered. */
  readonly isShared: boolean | undefined;
  /** Of the sentence that the person saw. */
  readonly wording: TotalsWording;
  /** The name of the person who accepts. */
  readonly by: string;
}

/** Which partners show which vendors their exact totals. */
@Injectable()
export class SharedTotals {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Choices that the actor's scope shows. A partner without one does not share. */
  async list(actor: Actor): Promise<SharedTotalsChoice[]> {
    const partnerId = actor.kind === 'vendor' ? null : actor.partnerId;
    return this.database.inTransaction(actor, () =>
      this.database.query<SharedTotalsChoice>(
        `SELECT partner_id, vendor_id, is_shared, wording, changed_by, changed_at FROM organisations.shared_totals
         WHERE ($1::uuid IS NULL OR partner_id = $1) ORDER BY partner_id, vendor_id`,
        [partnerId],
      ),
    );
  }

  /**
   * Whether the partner shows its totals now, locked against a change until the
   * open transaction ends.
   */
  async isSharedLocked(partnerId: PartnerId, vendorId: VendorId): Promise<boolean> {
    const [row] = await this.database.query<{ isShared: boolean }>(
      'SELECT is_shared FROM organisations.shared_totals WHERE partner_id = $1 AND vendor_id = $2 FOR SHARE',
      [partnerId, vendorId],
    );
    return row?.isShared === true;
  }

  /**
   * Reads what partners show while they show their totals. Asks again after the reading, instead of locking the
   * choices before it: a lock needs the right to change choices, which the scheduler lacks. Joins the open transaction
   * of a process.
   * @param read gets what the partners agreed to that show their totals.
   * @returns of these, without those that have stopped or narrowed that meanwhile.
   */
  async whileShown<Read>(
    partnerIds: readonly PartnerId[],
    vendorId: VendorId,
    read: (wordings: ReadonlyMap<PartnerId, TotalsWording>) => Promise<ReadonlyMap<PartnerId, Read>>,
  ): Promise<ReadonlyMap<PartnerId, Read>> {
    const before = await this.wordings(partnerIds, vendorId);
    const found = await read(before);
    const after = await this.wordings(partnerIds, vendorId);
    return new Map([...found].filter(([id]) => (after.get(id) ?? 0) >= (before.get(id) ?? Infinity)));
  }

  private async wordings(
    partnerIds: readonly PartnerId[],
    vendorId: VendorId,
  ): Promise<ReadonlyMap<PartnerId, TotalsWording>> {
    const rows = await this.database.query<{ partnerId: PartnerId; wording: TotalsWording }>(
      `SELECT partner_id, wording FROM organisations.shared_totals
       WHERE partner_id = ANY ($1) AND vendor_id = $2 AND is_shared`,
      [partnerIds, vendorId],
    );
    return new Map(rows.map((row) => [row.partnerId, row.wording]));
  }

  /**
   * Switches it on or off, from the next request of the vendor on.
   * @param wording of the sentence that the person saw; another one replaces that of a choice before.
   */
  async set(actor: PartnerActor, vendorId: VendorId, isShared: boolean, wording: TotalsWording): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const answer = { partnerId: actor.partnerId, vendorId, isShared, wording, by: actor.name };
      if (!(await this.save(answer))) return;
      await recordForBoth(this.audit, actor, vendorId, { action: actionOf(isShared), details: detailsOf(answer) });
    });
  }

  /**
   * Stores the answer that is given with an invitation. Joins the open
   * transaction of a process.
   * @throws DomainError `shared-totals.answer-missing`; `shared-totals.required`
   *   for a no to a vendor that takes only partners that share.
   */
  async answer(actor: SystemActor, { isShared, ...to }: TotalsAnswer): Promise<void> {
    const { partnerId, vendorId, by } = to;
    if (isShared === undefined)
      throw new DomainError(
        'shared-totals.answer-missing',
        'Say whether the vendor may see your totals: send `sharesTotals` with true or false.',
        { field: 'sharesTotals' },
      );
    if (!isShared && (await this.isRequired(actor, vendorId)))
      throw new DomainError(
        'shared-totals.required',
        'This vendor takes only partners that show it their totals. With “no” you do not join, and nothing is stored. Answer “yes”, or ask the vendor.',
        { field: 'sharesTotals' },
        { kind: 'conflict' },
      );
    const answer = { ...to, isShared };
    await this.save(answer);
    const asPartner = { ...systemActor(by, { partnerId }), partnerId };
    await recordForBoth(this.audit, asPartner, vendorId, { action: actionOf(isShared), details: detailsOf(answer) });
  }

  /** Whether the vendor takes only partners that show their totals. */
  async isRequired(actor: Actor, vendorId: VendorId): Promise<boolean> {
    const found = await this.database.inTransaction(actor, () =>
      this.database.query('SELECT 1 FROM organisations.programme WHERE vendor_id = $1 AND requires_totals LIMIT 1', [
        vendorId,
      ]),
    );
    return found.length > 0;
  }

  /** A condition for partners that join from now on. Others keep their choice. */
  async setRequired(actor: VendorActor, isRequired: boolean): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const changed = await this.database.query<{ id: string }>(
        'UPDATE organisations.programme SET requires_totals = $2 WHERE vendor_id = $1 AND requires_totals <> $2 RETURNING id',
        [actor.vendorId, isRequired],
      );
      for (const { id } of changed)
        await this.audit.record(actor, {
          action: isRequired ? 'shared-totals.required' : 'shared-totals.not-required',
          subject: { kind: 'programme', id },
        });
    });
  }

  /**
   * Person and moment stay if only the wording is another: the moment says since when the partner is in no sum
   * without names, and the audit log has who agreed to which wording.
   * @returns false if it was so already.
   */
  private async save({ partnerId, vendorId, isShared, wording, by }: Answer): Promise<boolean> {
    const saved = await this.database.query(
      `INSERT INTO organisations.shared_totals AS t (partner_id, vendor_id, is_shared, wording, changed_by, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (partner_id, vendor_id) DO UPDATE
         SET is_shared = excluded.is_shared, wording = excluded.wording,
           changed_by = CASE WHEN t.is_shared = excluded.is_shared THEN t.changed_by ELSE excluded.changed_by END,
           changed_at = CASE WHEN t.is_shared = excluded.is_shared THEN t.changed_at ELSE excluded.changed_at END
         WHERE t.is_shared <> excluded.is_shared OR (t.is_shared AND t.wording <> excluded.wording)
       RETURNING partner_id`,
      [partnerId, vendorId, isShared, wording, by, this.clock.now()],
    );
    if (isShared) await this.leaveSums(partnerId, vendorId, by);
    return saved.length > 0;
  }

  /** Numbers with a name could be subtracted from sums without names: `CountedDeals`. */
  private async leaveSums(partnerId: PartnerId, vendorId: VendorId, by: string): Promise<void> {
    await this.database.query(
      `UPDATE organisations.counted_deals SET is_counted = false, changed_by = $3, changed_at = $4
       WHERE partner_id = $1 AND vendor_id = $2 AND is_counted`,
      [partnerId, vendorId, by, this.clock.now()],
    );
  }
}

type Answer = TotalsAnswer & { readonly isShared: boolean };

/** What was agreed to, for the audit log. */
const detailsOf = ({ isShared, wording }: Answer) => (isShared ? { wording } : {});

const actionOf = (isShared: boolean) => (isShared ? 'shared-totals.shown' : 'shared-totals.hidden');
