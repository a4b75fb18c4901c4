import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { type Activation, ActivationDates, Activations, LaunchLeadRules } from '#activations';
import { BrandProfiles } from '#brand';
import { leadRuleOf } from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import {
  type ActivationId,
  Clock,
  DomainError,
  editVersion,
  type Id,
  newId,
  requireCurrent,
  type PartnerActor,
  type SystemActor,
  HOUR_MS,
} from '#kernel';
import {
  type SequenceDefinition,
  holidayOf,
  leadMoments,
  type LeadRule,
  type StricterLeadRule,
  NOT_STRICTER,
  TAKEN_UP_DELAY_FACTOR,
  stricterRuleProblems,
} from '#sequencing';

/**
 * The rule of one activation: the vendor's, and the partner's stricter parts.
 */
export interface ActivationLeadRule {
  readonly published: LeadRule;
  readonly stricter: StricterLeadRule;
  /** Of the campaign, by name: what clicks can be counted on. */
  readonly links: readonly string[];
  readonly changedBy: string | null;
  readonly changedAt: Date | null;
}

/** The version of the partner's stricter parts, for editors. */
export const leadRuleVersion = ({ stricter }: Pick<ActivationLeadRule, 'stricter'>): string => editVersion(stricter);

/**
 * Lead rules of activations: when contacts become leads, and when reminders are
 * due.
 */
@Injectable()
export class LeadRules extends LaunchLeadRules {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly activations: Activations,
    private readonly dates: ActivationDates,
    private readonly profiles: BrandProfiles,
  ) {
    super();
  }

  /** @throws DomainError `activation.not-found`. */
  async get(actor: PartnerActor | SystemActor, activationId: ActivationId): Promise<ActivationLeadRule> {
    const { sequence: _, ...rule } = await this.ruleOf(actor, await this.activations.get(actor, activationId));
    return rule;
  }

  private async ruleOf(
    actor: PartnerActor | SystemActor,
    activation: Activation,
  ): Promise<ActivationLeadRule & { readonly sequence: SequenceDefinition }> {
    return this.database.inTransaction(actor, async () => {
      const { definition } = await this.activations.campaign(actor, activation);
      const [newest] = await this.database.query<{ rule: StricterLeadRule; changedBy: string; changedAt: Date }>(
        'SELECT rule, by_name AS changed_by, at AS changed_at FROM leads.stricter_rule WHERE activation_id = $1 ORDER BY id DESC LIMIT 1',
        [activation.id],
      );
      return {
        sequence: definition.sequence,
        published: leadRuleOf(definition),
        stricter: newest?.rule ?? NOT_STRICTER,
        links: Object.keys(definition.links),
        changedBy: newest?.changedBy ?? null,
        changedAt: newest?.changedAt ?? null,
      };
    });
  }

  /**
   * When an untouched lead is reminded and escalated, by the partner's
   * calendar.
   * @param since when it became a lead, or its last activity.
   * @param times multiple of the rule's time.
   * @throws DomainError `activation.not-found`.
   */
  async moments(
    actor: PartnerActor | SystemActor,
    activationId: ActivationId,
    since: Date,
    times: number,
  ): Promise<{ reminder: Date; escalation: Date }> {
    const activation = await this.activations.get(actor, activationId);
    const { published, stricter, sequence } = await this.ruleOf(actor, activation);
    const country = await this.profiles.country(actor);
    const choices = await this.dates.choices(actor, activation);
    const isHoliday = holidayOf(sequence, { country, choices });
    return leadMoments(published, stricter, since, { zone: activation.timeZone, isHoliday }, times);
  }

  /**
   * Changes the partner's rule: stricter or looser than before, never looser
   * than the vendor's. It applies to later evaluations. Existing leads stay;
   * planned reminders can only come sooner.
   * @param basedOn `leadRuleVersion` of the rule that was edited; null: replace
   *   any.
   * @throws DomainError `activation.not-found`; `lead-rule.looser` with
   *   everything that is not stricter; `edit.stale`.
   */
  override async makeStricter(
    actor: PartnerActor,
    activationId: ActivationId,
    rule: StricterLeadRule,
    basedOn: string | null = null,
  ): Promise<ActivationLeadRule> {
    requirePermission(actor, 'activations.control');
    return this.database.inTransaction(actor, async () => {
      await this.database.lock(`lead rule ${activationId}`);
      const { published, links, stricter } = await this.get(actor, activationId);
      requireCurrent(basedOn, leadRuleVersion({ stricter }));
      refuseLooser(stricterRuleProblems(published, rule, links));
      await this.database.query(
        'INSERT INTO leads.stricter_rule (id, activation_id, partner_id, rule, by_name, at) VALUES ($1, $2, $3, $4, $5, $6)',
        [
          newId<Id<'stricter-rule'>>(),
          activationId,
          actor.partnerId,
          JSON.stringify(rule),
          actor.name,
          this.clock.now(),
        ],
      );
      await this.rescheduleEvaluations(activationId, rule);
      await this.audit.record(actor, {
        action: 'activation.lead-rule-changed',
        subject: { kind: 'activation', id: activationId },
        details: { rule },
      });
      return this.get(actor, activationId);
    });
  }

  private async rescheduleEvaluations(
    activationId: ActivationId,
    { remindAfterHours, escalateAfterHours }: StricterLeadRule,
  ): Promise<void> {
    const levels = { reminder: remindAfterHours, escalation: escalateAfterHours };
    for (const [level, hours] of Object.entries(levels))
      if (hours !== null)
        await this.database.query(
          `UPDATE leads.reminder r SET due_at = least(r.due_at, coalesce(r.since, p.created_at) + p.times * $3 * interval '1 millisecond')
           FROM (SELECT l.id, max(e.at) AS created_at, CASE l.status WHEN 'new' THEN 1 ELSE $4::bigint END AS times
                 FROM leads.lead l JOIN leads.lead_event e ON e.lead_id = l.id AND e.status = 'new'
                 WHERE l.activation_id = $1 GROUP BY l.id) p WHERE p.id = r.lead_id AND r.level = $2`,
          [activationId, level, hours * HOUR_MS, TAKEN_UP_DELAY_FACTOR],
        );
  }
}

function refuseLooser(problems: ReturnType<typeof stricterRuleProblems>): void {
  const [first] = problems;
  if (first === undefined) return;
  throw new DomainError('lead-rule.looser', first.message, {
    field: first.path,
    problems: problems.map(({ code, path, ...said }) => ({ code: `lead-rule.${code}`, field: path, ...said })),
  });
}
