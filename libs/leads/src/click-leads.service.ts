import { Injectable, Logger } from '@nestjs/common';
import { Activations } from '#activations';
import { SendPolicy } from '#contacts';
import { Database } from '#database';
import { HumanInteractions } from '#engagement';
import {
  type ActivationId,
  Clock,
  type ContactId,
  groupBy,
  messageOf,
  type PartnerId,
  type SystemActor,
  systemActor,
} from '#kernel';
import { type ClickRule, clicksInForce, type CountedClick, qualifiedAt } from '#sequencing';
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
 * the clicks turn out to be a program's. The contacts of an activation are
 * evaluated in one transaction: claim, rule, confirmed clicks, lead or
 * withdrawal. Many processes may run it.
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
    private readonly interactions: HumanInteractions,
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
    for (const [activationId, ofActivation] of groupBy(due, (one) => one.activationId))
      for (const [partnerId, own] of groupBy(ofActivation, (one) => one.partnerId))
        await this.evaluateTogether(partnerId, activationId, own);
    return due.length === PAGE;
  }

  /** If one fails, each is evaluated alone, and that one is postponed. */
  private async evaluateTogether(
    partnerId: PartnerId,
    activationId: ActivationId,
    own: readonly PendingEvaluation[],
  ): Promise<void> {
    const actor = systemActor('click-leads', { partnerId });
    try {
      await this.database.inTransaction(actor, async () => {
        const claimed = await this.claim(
          activationId,
          own.map(({ contactId }) => contactId),
        );
        if (claimed.length === 0) return;
        const rule = await this.ruleOf(actor, activationId);
        for (const contactId of claimed) await this.evaluate(actor, { partnerId, activationId, contactId }, rule);
      });
    } catch (error) {
      if (own.length > 1) {
        this.logger.warn(`Clicks are evaluated one by one. ${messageOf(error)}`);
        for (const one of own) await this.evaluateTogether(partnerId, activationId, [one]);
        return;
      }
      this.logger.error('Clicks could not be evaluated; they are tried again.', error);
      for (const one of own) await this.postpone(one);
    }
  }

  /** Ends the wait of clicks, which is machine time. For a clock that was moved past it. */
  async endWaits(): Promise<void> {
    await this.database.inTransaction(CLICK_LEADS, () =>
      this.database.query(
        'UPDATE leads.click_evaluation SET not_before = clock_timestamp() WHERE not_before > clock_timestamp()',
      ),
    );
  }

  /**
   * @returns the contacts that no other process has, and that have no newer
   *   click which is not yet classified. In the order of their ids.
   */
  private async claim(activationId: ActivationId, contactIds: readonly ContactId[]): Promise<ContactId[]> {
    const taken = await this.database.query<{ contactId: ContactId }>(
      `DELETE FROM leads.click_evaluation WHERE id IN (
         SELECT id FROM leads.click_evaluation WHERE contact_id = ANY ($1::uuid[]) AND activation_id = $2 AND not_before <= clock_timestamp()
         ORDER BY contact_id, id FOR UPDATE) RETURNING contact_id`,
      [contactIds, activationId],
    );
    const younger = await this.database.query<{ contactId: ContactId }>(
      'SELECT DISTINCT contact_id FROM leads.click_evaluation WHERE contact_id = ANY ($1::uuid[]) AND activation_id = $2',
      [contactIds, activationId],
    );
    const wait = new Set(younger.map(({ contactId }) => contactId));
    return [...new Set(taken.map(({ contactId }) => contactId))].filter((id) => !wait.has(id)).sort();
  }

  /** The rule in force; null: none. */
  private async ruleOf(actor: SystemActor, activationId: ActivationId): Promise<ClickRule | null> {
    const { published, stricter } = await this.rules.get(actor, activationId);
    return clicksInForce(published, stricter);
  }

  private async postpone({ activationId, contactId }: PendingEvaluation): Promise<void> {
    await this.database.inTransaction(CLICK_LEADS, () =>
      this.database.query(
        `UPDATE leads.click_evaluation SET not_before = clock_timestamp() + $3 * interval '1 millisecond' WHERE contact_id = $1 AND activation_id = $2`,
        [contactId, activationId, AGAIN_MS],
      ),
    );
  }

  private async evaluate(actor: SystemActor, one: PendingEvaluation, rule: ClickRule | null): Promise<void> {
    const { activationId, contactId } = one;
    const lead = await this.leads.lockOf(activationId, contactId);
    const isNone = lead === null || lead.status === 'withdrawn';
    if (isNone ? rule === null : lead.source !== 'clicks') return;
    const clicks = await this.interactions.confirmedClicks(actor, activationId, contactId);
    if (!isNone) await this.reevaluateLead(actor, lead, clicks);
    else if (rule !== null) await this.createIfQualified(actor, one, clicks, rule);
  }

  private async createIfQualified(
    actor: SystemActor,
    one: PendingEvaluation,
    clicks: readonly CountedClick[],
    qualifiedBy: ClickRule,
  ): Promise<void> {
    if (qualifiedAt(clicks, qualifiedBy) === null || (await this.isExcluded(actor, one))) return;
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
