import { Injectable } from '@nestjs/common';
import { Database, unnestRows } from '#database';
import { Clock, type LeadId, type PartnerActor, type PartnerId, type SystemActor, systemActor } from '#kernel';
import { TAKEN_UP_DELAY_FACTOR } from '#sequencing';
import { LeadMail } from './lead-mail.service.js';
import { LeadRules } from './lead-rules.service.js';
import { isHandled, type Lead, type LeadStatus } from './lead.js';

type Level = 'reminder' | 'escalation';

const LEAD_REMINDERS = systemActor('lead-reminders');
const PAGE = 100;

/** Reminders of untouched leads. */
@Injectable()
export class LeadReminders {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly mail: LeadMail,
    private readonly rules: LeadRules,
  ) {}

  /**
   * Plans the reminders of an untouched lead by the rule in force, and deletes
   * earlier plans. A closed lead gets none. Joins the open transaction of the
   * partner's scope.
   */
  async plan(
    actor: PartnerActor | SystemActor,
    { id, activationId, status }: Pick<Lead, 'id' | 'activationId' | 'status'>,
  ): Promise<void> {
    if (status !== 'new' && !isHandled(status)) return this.cancel(id);
    const since = this.clock.now();
    const moments = await this.rules.moments(actor, activationId, since, status === 'new' ? 1 : TAKEN_UP_DELAY_FACTOR);
    const planned = unnestRows(
      Object.entries(moments).map(([level, dueAt]) => ({ level, dueAt })),
      { level: 'text', dueAt: 'timestamptz' },
      [id, actor.partnerId, since],
    );
    await this.database.query(
      `INSERT INTO leads.reminder (lead_id, partner_id, level, due_at, since)
       SELECT $1, $2, given.level, given.due_at, $3 FROM ${planned.from}
       ON CONFLICT (lead_id, level) DO UPDATE SET due_at = excluded.due_at, since = excluded.since`,
      planned.parameters,
    );
  }

  /** Nothing more is said of a lead, in the open transaction. */
  async cancel(leadId: LeadId): Promise<void> {
    await this.database.query('DELETE FROM leads.reminder WHERE lead_id = $1', [leadId]);
  }

  /**
   * Sends due reminders, once each, from any number of processes.
   * @returns whether there may be more.
   */
  async sendDue(): Promise<boolean> {
    const due = await this.database.inTransaction(LEAD_REMINDERS, () =>
      this.database.query<{ leadId: LeadId; partnerId: PartnerId; level: Level }>(
        'SELECT lead_id, partner_id, level FROM leads.reminder WHERE due_at <= $1 ORDER BY due_at LIMIT $2',
        [this.clock.now(), PAGE],
      ),
    );
    for (const { leadId, partnerId, level } of due) await this.sendOne(leadId, partnerId, level);
    return due.length === PAGE;
  }

  private async sendOne(leadId: LeadId, partnerId: PartnerId, level: Level): Promise<void> {
    const actor = systemActor('lead-reminders', { partnerId });
    await this.database.inTransaction(actor, async () => {
      const now = this.clock.now();
      // Checked again when due: a user may have changed the lead since, and its
      // plan.
      const [mine] = await this.database.query<{ since: Date | null }>(
        'DELETE FROM leads.reminder WHERE lead_id = $1 AND level = $2 AND due_at <= $3 RETURNING since',
        [leadId, level, now],
      );
      if (mine === undefined) return;
      const still = await this.isUnhandled(leadId, mine.since);
      if (still === null) return;
      const occasion = isHandled(still.status) ? (`taken-up-${level}` as const) : level;
      await this.mail.post(actor, leadId, occasion, now.getTime() - still.since.getTime());
    });
  }

  /**
   * The lead, if its status is as planned and its contact exists.
   * @param since null: since it became a lead; then an accepted lead gets no
   *   reminder.
   */
  private async isUnhandled(leadId: LeadId, since: Date | null): Promise<{ status: LeadStatus; since: Date } | null> {
    const [lead] = await this.database.query<{ status: LeadStatus; since: Date; changedAt: Date }>(
      `SELECT l.status, coalesce($2, max(e.at) FILTER (WHERE e.status = 'new')) AS since, max(e.at) AS changed_at
       FROM leads.lead l JOIN contacts.contact_view c ON c.id = l.contact_id JOIN leads.lead_event e ON e.lead_id = l.id
       WHERE l.id = $1 AND l.status IN ('new', 'accepted', 'working') GROUP BY l.id`,
      [leadId, since],
    );
    return lead === undefined || lead.changedAt > lead.since ? null : lead;
  }
}
