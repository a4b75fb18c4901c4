import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, type PartnerActor, type PartnerId, type SystemActor } from '#kernel';
import type { PartnerCalendar } from '#sequencing';

const OPEN: PartnerCalendar = { blackouts: [], holidays: {} };

/** Days on which nothing of a partner goes out, in whatever campaign. */
@Injectable()
export class Calendars {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** A partner's calendar; empty where it has said nothing. */
  async of(actor: PartnerActor | SystemActor, partnerId: PartnerId): Promise<PartnerCalendar> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<PartnerCalendar>(
        'SELECT blackouts, holidays FROM activations.calendar WHERE partner_id = $1',
        [partnerId],
      ),
    );
    return found ?? OPEN;
  }

  /**
   * Replaces it. What is due on a day that is closed by now waits for the next one that is open; what was put off for a day that is open again
   * stays where it is.
   */
  async set(actor: PartnerActor, { blackouts, holidays }: PartnerCalendar): Promise<void> {
    requirePermission(actor, 'activations.control');
    await this.database.inTransaction(actor, async () => {
      await this.database.query(
        `INSERT INTO activations.calendar (partner_id, blackouts, holidays, changed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (partner_id) DO UPDATE SET blackouts = excluded.blackouts, holidays = excluded.holidays, changed_at = excluded.changed_at`,
        [actor.partnerId, JSON.stringify(blackouts), JSON.stringify(holidays), this.clock.now()],
      );
      await this.audit.record(actor, {
        action: 'calendar.changed',
        subject: { kind: 'organisation', id: actor.partnerId },
        details: { blackouts, holidays },
      });
    });
  }
}
