import { Injectable } from '@nestjs/common';
import type { UserLanguage } from '#contracts';
import { Database, unnestRows } from '#database';
import { Clock, DAY_MS, DomainError, type PartnerId, systemActor, type VendorActor, type VendorId } from '#kernel';
import { Memberships } from '#organisations';
import { PartnerInvitations } from './partner-invitations.service.js';
import { PartnerOnboarding } from './partner-onboarding.service.js';

/** An invitation that is to be sent. */
interface WaitingInvitation {
  readonly partnerId: PartnerId;
  readonly email: string;
  /** Null: the language of the country. */
  readonly locale: UserLanguage | null;
}

interface Waiting extends WaitingInvitation {
  readonly vendorId: VendorId;
  readonly askedBy: string;
}

const SENDER = systemActor('waiting-invitations');
/** It was not refused, and no process has taken it within a day: `$1` is a day ago. */
const IS_FREE = 'refusal IS NULL AND (claimed_at IS NULL OR claimed_at < $1)';
const PERSON = { role: 'marketer', userId: null, apiKeyId: null } as const;
/** Of one vendor in a round; the next round follows at once while there are more. */
const A_ROUND = 50;

/**
 * Invitations of an import, sent as fast as the limits of a day allow. They go
 * the way of every invitation, so all of its refusals hold.
 */
@Injectable()
export class WaitingInvitations {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly onboarding: PartnerOnboarding,
    private readonly memberships: Memberships,
    private readonly invitations: PartnerInvitations,
  ) {}

  /** Stores them, in the open transaction. */
  async add(actor: VendorActor, invitations: readonly WaitingInvitation[]): Promise<void> {
    const rows = unnestRows(invitations, { partnerId: 'uuid', email: 'text', locale: 'text' }, [
      actor.vendorId,
      actor.name,
      this.clock.now(),
    ]);
    await this.database.query(
      `INSERT INTO identity.waiting_invitation (partner_id, vendor_id, email, locale, asked_by, asked_at)
       SELECT partner_id, $1, email, locale, $2, $3 FROM ${rows.from}`,
      rows.parameters,
    );
  }

  /**
   * Sends what may be sent now, of each vendor until its limit of the day. Each
   * invitation has one process that claims it; after a crash it is tried again
   * a day later, unless its mail was sent.
   * @returns whether more can be sent at once.
   */
  async sendDue(): Promise<boolean> {
    const waiting = await this.database.inTransaction(SENDER, () =>
      this.database.query<Waiting>(
        `SELECT partner_id, vendor_id, email, locale, asked_by FROM (
           SELECT w.*, row_number() OVER (PARTITION BY vendor_id ORDER BY asked_at, partner_id) AS place
           FROM identity.waiting_invitation w WHERE ${IS_FREE}) due
         WHERE place <= $2 ORDER BY vendor_id, place`,
        [this.claimsUntil(), A_ROUND],
      ),
    );
    const full = new Set<VendorId>();
    let sent = 0;
    for (const one of waiting) {
      if (full.has(one.vendorId)) continue;
      if ((await this.send(one)) === 'day-full') full.add(one.vendorId);
      else sent += 1;
    }
    return sent >= A_ROUND;
  }

  private claimsUntil(): Date {
    return new Date(this.clock.now().getTime() - DAY_MS);
  }

  private async send(waiting: Waiting): Promise<'done' | 'day-full'> {
    const { partnerId, vendorId, email, locale, askedBy } = waiting;
    const actor: VendorActor = { kind: 'vendor', vendorId, ...PERSON, name: askedBy };
    if (!(await this.claim(actor, partnerId))) return 'done';
    try {
      if (await this.isOpen(actor, partnerId))
        await this.onboarding.resend(actor, partnerId, { email, language: locale ?? undefined });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return this.refused(actor, partnerId, error);
    }
    await this.write(actor, 'DELETE FROM identity.waiting_invitation WHERE partner_id = $1', [partnerId]);
    return 'done';
  }

  /** Limits pass: tomorrow for one address or partner, later today for the vendor. Other refusals stay. */
  private async refused(
    actor: VendorActor,
    partnerId: PartnerId,
    { code, kind }: DomainError,
  ): Promise<'done' | 'day-full'> {
    const isDayFull = code === 'invitation.day-full';
    if (isDayFull || kind !== 'too-many')
      await this.write(
        actor,
        'UPDATE identity.waiting_invitation SET claimed_at = NULL, refusal = $2 WHERE partner_id = $1',
        [partnerId, isDayFull ? null : code],
      );
    return isDayFull ? 'day-full' : 'done';
  }

  private async claim(actor: VendorActor, partnerId: PartnerId): Promise<boolean> {
    const claimed = await this.write(
      actor,
      `UPDATE identity.waiting_invitation SET claimed_at = $3 WHERE partner_id = $2 AND ${IS_FREE} RETURNING 1`,
      [this.claimsUntil(), partnerId, this.clock.now()],
    );
    return claimed.length > 0;
  }

  /** False if it joined or was withdrawn meanwhile, or was sent an invitation by a person. */
  private async isOpen(actor: VendorActor, partnerId: PartnerId): Promise<boolean> {
    const { status } = await this.memberships.ofPartner(actor, partnerId);
    return status === 'invited' && !(await this.invitations.pending(actor, [partnerId])).has(partnerId);
  }

  private async write(actor: VendorActor, sql: string, values: readonly unknown[]): Promise<unknown[]> {
    return this.database.inTransaction(actor, () => this.database.query(sql, values));
  }
}
