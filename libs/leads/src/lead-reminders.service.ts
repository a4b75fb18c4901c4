import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { type ActivationId, Clock, type LeadId, type PartnerId, type SystemActor, systemActor } from '#kernel';
import { LeadMail } from './lead-mail.service.js';
import { LeadRules } from './lead-rules.service.js';

type Level = 'reminder' | 'escalation';

const TICK = systemActor('lead-reminders');
const PAGE = 100;

/** Reminds of leads that lie still: who waits for an answer does not wait long. */
@Injectable()
export class LeadReminders {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly mail: LeadMail,
    private readonly rules: LeadRules,
  ) {}

  /** Plans what would be said of a new lead, by the rule in force, in the open transaction of the partner's scope. */
  async plan(actor: SystemActor, leadId: LeadId, activationId: ActivationId): Promise<void> {
    const moments = await this.rules.moments(actor, activationId);
    for (const [level, dueAt] of Object.entries(moments))
      await this.database.query(
        'INSERT INTO leads.reminder (lead_id, partner_id, level, due_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
        [leadId, actor.partnerId, level, dueAt],
      );
  }

  /** Nothing more is said of a lead, in the open transaction. */
  async forget(leadId: LeadId): Promise<void> {
    await this.database.query('DELETE FROM leads.reminder WHERE lead_id = $1', [leadId]);
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
      const [still] = await this.database.query<{ since: Date }>(
        `SELECT max(e.at) AS since FROM leads.lead l JOIN leads.lead_event e ON e.lead_id = l.id AND e.status = 'new'
         WHERE l.id = $1 AND l.status = 'new' GROUP BY l.id`,
        [leadId],
      );
      if (mine === undefined || still === undefined) return;
      await this.mail.post(actor, partnerId, level, this.clock.now().getTime() - still.since.getTime());
    });
  }
}
