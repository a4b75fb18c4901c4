import { Injectable, Logger } from '@nestjs/common';
import { Activations } from '#activations';
import { SendPolicy } from '#contacts';
import { Database } from '#database';
import { Engagement } from '#engagement';
import { type ActivationId, Clock, type ContactId, type PartnerId, type SystemActor, systemActor } from '#kernel';
import { clicksInForce, type CountedClick, qualifiedAt } from '#sequencing';
import { LeadMail } from './lead-mail.service.js';
import { LeadRules } from './lead-rules.service.js';
import { Leads } from './leads.service.js';
import type { Lead } from './lead.js';

/** A contact whose clicks are to be evaluated. */
interface PendingEvaluation {
  readonly partnerId: PartnerId;
  readonly activationId: ActivationId;
  readonly contactId: ContactId;
}

const CLICK_LEADS = systemActor('click-leads');
const PAGE = 100;
/** Delay of the retry of a failed evaluation; the others continue. */
const AGAIN_MS = 30_000;

const REVISED = 'its clicks turned out to be a program’s';
/** These contacts never become leads. */
const EXCLUDED_REASONS = ['contact-gone', 'unsubscribed', 'suppressed'];

/**
 * Creates leads from human clicks by the rule in force, and withdraws them if
 * the clicks turn out to be a program's. Each evaluation is one transaction:
 * claim, confirmed clicks, rule, lead or withdrawal. Many processes may run it.
 * Triggers queue the evaluations:
 * libs/database/functions/leads.enqueue_new_click.sql,
 * libs/database/functions/leads.enqueue_changed_click.sql.
 */
@Injectable()
export class ClickLeads {
  private readonly logger = new Logger(ClickLeads.name);

  // Eight parameters, because an evaluation needs the data of four libs.
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly activations: Activations,
    private readonly engagement: Engagement,
    private readonly policy: SendPolicy,
    private readonly rules: LeadRules,
    private readonly leads: Leads,
    private readonly mail: LeadMail,
  ) {}

  /**
   * One round.
   * @returns whether there may be more.
   */
  async evaluateDue(): Promise<boolean> {
    const due = await this.database.inTransaction(CLICK_LEADS, () =>
      this.database.query<PendingEvaluation>(
        `SELECT DISTINCT partner_id, activation_id, contact_id
         FROM (SELECT * FROM leads.click_evaluation WHERE not_before <= clock_timestamp() ORDER BY not_before LIMIT $1) w`,
        [PAGE],
      ),
    );
    for (const one of due) await this.evaluateOne(one);
    return due.length === PAGE;
  }

  /** Ends the wait of clicks, which is machine time. For a clock that was moved past it. */
  async endWaits(): Promise<void> {
    await this.database.inTransaction(CLICK_LEADS, () =>
      this.database.query(
        'UPDATE leads.click_evaluation SET not_before = clock_timestamp() WHERE not_before > clock_timestamp()',
      ),
    );
  }

  private async evaluateOne(one: PendingEvaluation): Promise<void> {
    const actor = systemActor('click-leads', { partnerId: one.partnerId });
    try {
      await this.database.inTransaction(actor, async () => {
        if (await this.claim(one)) await this.evaluate(actor, one);
      });
    } catch (error) {
      this.logger.error('Clicks could not be evaluated; they are tried again.', error);
      await this.postpone(one);
    }
  }

  /**
   * @returns false if another process has it, or if a newer click is not yet
   *   classified.
   */
  private async claim({ activationId, contactId }: PendingEvaluation): Promise<boolean> {
    const taken = await this.database.query(
      'DELETE FROM leads.click_evaluation WHERE contact_id = $1 AND activation_id = $2 AND not_before <= clock_timestamp() RETURNING id',
      [contactId, activationId],
    );
    const younger = await this.database.query(
      'SELECT 1 FROM leads.click_evaluation WHERE contact_id = $1 AND activation_id = $2 LIMIT 1',
      [contactId, activationId],
    );
    return taken.length > 0 && younger.length === 0;
  }

  private async postpone({ activationId, contactId }: PendingEvaluation): Promise<void> {
    await this.database.inTransaction(CLICK_LEADS, () =>
      this.database.query(
        `UPDATE leads.click_evaluation SET not_before = clock_timestamp() + $3 * interval '1 millisecond' WHERE contact_id = $1 AND activation_id = $2`,
        [contactId, activationId, AGAIN_MS],
      ),
    );
  }

  private async evaluate(actor: SystemActor, one: PendingEvaluation): Promise<void> {
    const { activationId, contactId } = one;
    const clicks = await this.engagement.confirmedClicks(actor, activationId, contactId);
    const lead = await this.leads.lockOf(activationId, contactId);
    if (lead === null || lead.status === 'withdrawn') await this.createIfQualified(actor, one, clicks);
    else if (lead.source === 'clicks') await this.reevaluateLead(actor, lead, clicks);
  }

  private async createIfQualified(
    actor: SystemActor,
    one: PendingEvaluation,
    clicks: readonly CountedClick[],
  ): Promise<void> {
    const { published, stricter } = await this.rules.get(actor, one.activationId);
    const qualifiedBy = clicksInForce(published, stricter);
    if (qualifiedBy === null || qualifiedAt(clicks, qualifiedBy) === null) return;
    if (await this.isExcluded(actor, one)) return;
    const leadId = await this.leads.fromClicks(actor, { ...one, qualifiedBy });
    if (leadId !== null) await this.mail.post(actor, leadId, 'clicked');
  }

  private async reevaluateLead(actor: SystemActor, lead: Lead, clicks: readonly CountedClick[]): Promise<void> {
    const isQualified = lead.qualifiedBy !== null && qualifiedAt(clicks, lead.qualifiedBy) !== null;
    if (isQualified === (lead.machineClicksAt === null)) return;
    if (isQualified || (await this.isConfirmed(lead))) return this.leads.recordClickVerdict(actor, lead, !isQualified);
    await this.leads.withdraw(actor, lead, REVISED);
    await this.mail.post(actor, lead.id, 'withdrawn');
  }

  /** A lead that a user worked with, or disclosed to the vendor, stays. */
  private async isConfirmed({ id, status }: Lead): Promise<boolean> {
    if (status !== 'new') return true;
    const shared = await this.database.query('SELECT 1 FROM leads.disclosure WHERE lead_id = $1 LIMIT 1', [id]);
    return shared.length > 0;
  }

  private async isExcluded(actor: SystemActor, { activationId, contactId }: PendingEvaluation): Promise<boolean> {
    const { vendorId } = await this.activations.get(actor, activationId);
    const decisions = await this.policy.decide(actor, vendorId, [contactId], this.clock.now());
    const decision = decisions.get(contactId);
    return decision === undefined || (!decision.send && EXCLUDED_REASONS.includes(decision.reason));
  }
}
