import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import {
  Clock,
  DAY_MS,
  DomainError,
  newId,
  type PartnerId,
  systemActor,
  type VendorActor,
  type VendorId,
} from '#kernel';
import { Memberships, Organisations } from '#organisations';
import { Accounts } from './accounts.service.js';
import { colleagueSuggestionMail } from './system-mail-text.js';
import { SystemMail } from './system-mail.service.js';
import type { ColleagueSuggestionId } from './suggested-colleagues.service.js';

/** To one partner in 24 hours: each one is an e-mail to all of its owners. */
const SUGGESTIONS_A_DAY = 5;
/** Addresses of people who may not know of it are not kept longer. */
const ANSWERED_MS = 30 * DAY_MS;
const OPEN_MS = 90 * DAY_MS;

/**
 * A vendor suggests a further person of a partner to the partner's owners. It
 * does not invite into a team that sees contacts.
 */
@Injectable()
export class ColleagueSuggestions {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly organisations: Organisations,
    private readonly memberships: Memberships,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL' | 'RATE_LIMIT_SCALE'>,
  ) {}

  /**
   * Tells the partner's owners. An open suggestion of the same address stays as
   * it is.
   * @throws DomainError `partner.not-found`; `colleague.partner-not-joined` for a
   *   partner without a team; `colleague.too-many` after five in 24 hours.
   */
  async suggest(actor: VendorActor, partnerId: PartnerId, email: string): Promise<void> {
    const { status, partnerName } = await this.memberships.ofPartner(actor, partnerId);
    if (status !== 'active')
      throw new DomainError(
        'colleague.partner-not-joined',
        `${partnerName} is not in your programme now, so nobody there can invite the person. Send an open invitation to another address, or reinstate the partner.`,
        { partner: partnerName },
        { kind: 'conflict' },
      );
    const vendor = await this.organisations.get(actor, actor.vendorId);
    const process = systemActor('colleague-suggestions', { vendorId: actor.vendorId, partnerId });
    await this.database.inTransaction(process, async () => {
      await this.database.lock(`colleague suggestions ${actor.vendorId} ${partnerId}`);
      await this.refuseFlood(actor.vendorId, partnerId);
      const added = await this.database.query<{ id: ColleagueSuggestionId }>(
        `INSERT INTO identity.colleague_suggestion (id, vendor_id, partner_id, email, suggested_by, suggested_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING id`,
        [newId<ColleagueSuggestionId>(), actor.vendorId, partnerId, email.trim(), actor.name, this.clock.now()],
      );
      for (const { id } of added) {
        const fact = { action: 'colleague.suggested', subject: { kind: 'colleague-suggestion', id } } as const;
        await this.audit.record(actor, { ...fact, details: { partnerId } });
        await this.audit.recordForPartners(actor, fact, [partnerId]);
        for (const owner of (await this.accounts.team(process, partnerId)).filter(({ role }) => role === 'owner'))
          await this.mail.post(
            colleagueSuggestionMail(owner, `${this.config.PUBLIC_URL}/team`, { vendor, partner: partnerName, email }),
          );
      }
    });
  }

  /** Deletes suggestions answered 30 days ago; open ones after 90 days, or once the partner has left the programme. */
  async deleteOld(): Promise<void> {
    const now = this.clock.now().getTime();
    await this.database.inTransaction(systemActor('colleague-suggestions'), () =>
      this.database.query(
        `DELETE FROM identity.colleague_suggestion s
         WHERE s.answered_at <= $1 OR s.answered_at IS NULL AND (s.suggested_at <= $2 OR NOT EXISTS (
           SELECT 1 FROM organisations.membership_view m
           WHERE m.vendor_id = s.vendor_id AND m.partner_id = s.partner_id AND m.status = 'active'))`,
        [new Date(now - ANSWERED_MS), new Date(now - OPEN_MS)],
      ),
    );
  }

  private async refuseFlood(vendorId: VendorId, partnerId: PartnerId): Promise<void> {
    const most = Math.ceil(SUGGESTIONS_A_DAY * this.config.RATE_LIMIT_SCALE);
    const since = new Date(this.clock.now().getTime() - DAY_MS);
    const sent = await this.database.query(
      `SELECT 1 FROM identity.colleague_suggestion
       WHERE vendor_id = $1 AND partner_id = $2 AND suggested_at > $3 LIMIT $4`,
      [vendorId, partnerId, since, most],
    );
    if (sent.length < most) return;
    throw new DomainError(
      'colleague.too-many',
      `You suggested ${most} people to this partner within 24 hours, which is the limit. Suggest the next one tomorrow.`,
      { most, field: 'email' },
      { kind: 'too-many' },
    );
  }
}
