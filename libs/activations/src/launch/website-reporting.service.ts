import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, type PartnerActor, type SystemActor } from '#kernel';

/** Whether a partner's website reports pages and events of contacts who agreed there. */
@Injectable()
export class WebsiteReporting {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async isOn(actor: PartnerActor | SystemActor): Promise<boolean> {
    const [own] = await this.database.inTransaction(actor, () =>
      this.database.query<{ isOn: boolean }>(
        'SELECT reports_website AS is_on FROM activations.launch_setting WHERE partner_id = database.partner_scope()',
        [],
      ),
    );
    return own?.isOn ?? false;
  }

  /** Links of launches from now on name their reader to the website, or not. */
  async set(actor: PartnerActor, isOn: boolean): Promise<void> {
    requirePermission(actor, 'brand.edit');
    await this.database.inTransaction(actor, async () => {
      await this.database.query(
        `INSERT INTO activations.launch_setting (partner_id, reports_website, changed_at) VALUES ($1, $2, $3)
         ON CONFLICT (partner_id) DO UPDATE SET reports_website = excluded.reports_website, changed_at = excluded.changed_at`,
        [actor.partnerId, isOn, this.clock.now()],
      );
      await this.audit.record(actor, {
        action: isOn ? 'website-reporting.on' : 'website-reporting.off',
        subject: { kind: 'organisation', id: actor.partnerId },
        details: {},
      });
    });
  }
}
