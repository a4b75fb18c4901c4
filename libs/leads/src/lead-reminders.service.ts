import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock, type LeadId, type PartnerId, systemActor } from '#kernel';
import { LeadMail } from './lead-mail.service.js';

/** What is said when nobody has taken a lead up, and after how long. */
const RULES = { reminder: { afterHours: 24 }, escalation: { afterHours: 72 } } as const;
type Level = keyof typeof RULES;

const HOUR_MS = 3_600_000;
const TICK = systemActor('lead-reminders');
const PAGE = 100;

/** Reminds of leads that lie still: who waits for an answer does not wait long. */
@Injectable()
export class LeadReminders {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly mail: LeadMail,
  ) {}

  /** Plans what would be said of a new lead, in the open transaction. */
  async plan(leadId: LeadId, partnerId: PartnerId): Promise<void> {
    const now = this.clock.now().getTime();
    for (const [level, { afterHours }] of Object.entries(RULES))
      await this.database.query(
        'INSERT INTO leads.reminder (lead_id, partner_id, level, due_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
        [leadId, partnerId, level, new Date(now + afterHours * HOUR_MS)],
      );
  }

  /** Says what is due, once, however many processes do so at once. @returns whether there may be more. */
  async sendDue(): Promise<boolean> {
    const due = await this.database.inTransaction(TICK, () =>
      this.database.query<{ leadId: LeadId; partnerId: PartnerId; level: Level }>(
        'SELECT lead_id AS "leadId", partner_id AS "partnerId", level FROM leads.reminder WHERE due_at <= $1 ORDER BY due_at LIMIT $2',
        [this.clock.now(), PAGE],
      ),
    );
    for (const { leadId, partnerId, level } of due) await this.sendOne(leadId, partnerId, level);
    return due.length === PAGE;
  }

  private async sendOne(leadId: LeadId, partnerId: PartnerId, level: Level): Promise<void> {
    const actor = systemActor('lead-reminders', { partnerId });
    await this.database.inTransaction(actor, async () => {
      const [mine] = await this.database.query(
        'DELETE FROM leads.reminder WHERE lead_id = $1 AND level = $2 RETURNING lead_id',
        [leadId, level],
      );
      const [still] = await this.database.query(`SELECT 1 FROM leads.lead WHERE id = $1 AND status = 'new'`, [leadId]);
      if (mine === undefined || still === undefined) return;
      await this.mail.post(actor, partnerId, level);
    });
  }
}
