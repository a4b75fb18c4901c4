import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { LeadMailSetting } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, type PartnerActor, type PartnerId, type SystemActor } from '#kernel';

/** What mails about leads say of the person, from nothing to the name. */
export type LeadMailDetails = LeadMailSetting['details'];

const DEFAULT: LeadMailDetails = 'phone';

/** A partner's choice of what its mails about leads say of the person. */
@Injectable()
export class LeadMailSettings {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async get(actor: PartnerActor | SystemActor, partnerId: PartnerId): Promise<LeadMailDetails> {
    const [row] = await this.database.inTransaction(actor, () =>
      this.database.query<{ details: LeadMailDetails }>(
        'SELECT details FROM leads.mail_setting WHERE partner_id = $1',
        [partnerId],
      ),
    );
    return row?.details ?? DEFAULT;
  }

  async change(actor: PartnerActor, details: LeadMailDetails): Promise<void> {
    requirePermission(actor, 'lead-mail.edit');
    await this.database.inTransaction(actor, async () => {
      await this.database.query(
        `INSERT INTO leads.mail_setting (partner_id, details, changed_by, changed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (partner_id) DO UPDATE SET details = excluded.details, changed_by = excluded.changed_by,
           changed_at = excluded.changed_at`,
        [actor.partnerId, details, actor.name, this.clock.now()],
      );
      await this.audit.record(actor, {
        action: 'lead-mail.changed',
        subject: { kind: 'partner', id: actor.partnerId },
        details: { details },
      });
    });
  }
}
