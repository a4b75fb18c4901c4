import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { Clock, DomainError, type Id, newId, type PartnerId, type VendorActor } from '#kernel';
import { type Membership, Memberships, MembershipTiers, traitKey } from '#organisations';
import { Standings } from './standings.service.js';
import { TierEvaluations } from './tier-evaluations.service.js';
import type { TierRules } from './tier-rules.js';
import { TierRulesStore } from './tier-rules-store.service.js';

/** A tier that a person sets. */
interface ManualTier {
  readonly tier: string;
  readonly reason: string;
  /** The last day; null: until it is removed. */
  readonly untilOn: string | null;
}

/** Tiers that people of a vendor set in place of the rules. */
@Injectable()
export class ManualTiers {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly memberships: Memberships,
    private readonly tiers: MembershipTiers,
    private readonly store: TierRulesStore,
    private readonly standings: Standings,
    private readonly evaluations: TierEvaluations,
  ) {}

  /**
   * Sets the tier at once. Rules do not change it until the day is over or it is
   * removed.
   * @throws DomainError `partner.not-found`, `tier.no-rules`, `tier.unknown`,
   *   `tier.until-past`, `tier.not-active`.
   */
  async set(actor: VendorActor, partnerId: PartnerId, manual: ManualTier): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const member = await this.memberships.ofPartner(actor, partnerId);
      await this.store.lock(member.programmeId);
      const tier = requireTier(await this.store.current(actor, member.programmeId), manual.tier);
      this.requireUsable(member, manual);
      const { programmeId } = member;
      const values = [programmeId, partnerId, actor.vendorId, tier, manual.reason, manual.untilOn, actor.name];
      await this.database.query(
        `INSERT INTO tiers.manual_tier (programme_id, partner_id, vendor_id, tier, reason, until_on, set_by, set_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (programme_id, partner_id) DO UPDATE
           SET (tier, reason, until_on, set_by, set_at) = (excluded.tier, excluded.reason, excluded.until_on, excluded.set_by, excluded.set_at)`,
        [...values, this.clock.now()],
      );
      await this.database.query('DELETE FROM tiers.coming_drop WHERE programme_id = $1 AND partner_id = $2', [
        programmeId,
        partnerId,
      ]);
      await this.record(actor, member, 'tier.set', { tier, reason: manual.reason, until: manual.untilOn });
      if (tier !== member.tier) await this.change(actor, member, { ...manual, tier });
    });
  }

  /**
   * Removes it: the rules decide again. A partner that earns less keeps the tier
   * for the grace period. Idempotent.
   * @throws DomainError `partner.not-found`.
   */
  async remove(actor: VendorActor, partnerId: PartnerId): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const member = await this.memberships.ofPartner(actor, partnerId);
      await this.store.lock(member.programmeId);
      const removed = await this.database.query(
        'DELETE FROM tiers.manual_tier WHERE programme_id = $1 AND partner_id = $2 RETURNING partner_id',
        [member.programmeId, partnerId],
      );
      if (removed.length === 0) return;
      await this.record(actor, member, 'tier.freed', { tier: member.tier });
      const rules = await this.store.current(actor, member.programmeId);
      if (rules.isOn) await this.evaluations.evaluateOne(actor, rules, partnerId);
    });
  }

  private requireUsable({ status, partnerName }: Membership, { untilOn }: ManualTier): void {
    if (status !== 'active')
      throw new DomainError(
        'tier.not-active',
        `${partnerName} is not in your programme now. Only a partner that has joined has a tier to set.`,
        { partner: partnerName },
        { kind: 'conflict' },
      );
    if (untilOn !== null && untilOn < this.standings.today())
      throw new DomainError('tier.until-past', 'The last day is over already. Choose today or a later day, or none.', {
        field: 'untilOn',
      });
  }

  private async change(actor: VendorActor, member: Membership, { tier, reason, untilOn }: ManualTier): Promise<void> {
    const { programmeId, partnerId } = member;
    await this.tiers.write(programmeId, [{ partnerId, tier }]);
    await this.database.query(
      `INSERT INTO tiers.change (id, programme_id, partner_id, vendor_id, from_tier, to_tier, at, by_name, reason, until_on, requirements)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '[]')`,
      [
        newId<Id<'tier-change'>>(),
        programmeId,
        partnerId,
        actor.vendorId,
        member.tier,
        tier,
        this.clock.now(),
        actor.name,
        reason,
        untilOn,
      ],
    );
    const details = { vendorId: actor.vendorId, tier, before: member.tier };
    const fact = {
      action: 'membership.tier-changed',
      subject: { kind: 'programme', id: programmeId },
      details,
    } as const;
    await this.audit.recordForPartners(actor, fact, [partnerId]);
  }

  private async record(
    actor: VendorActor,
    { id, partnerId }: Membership,
    action: `tier.${string}`,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.audit.record(actor, { action, subject: { kind: 'membership', id }, details: { partnerId, ...details } });
  }
}

/** @returns the name as the rules spell it. */
function requireTier({ isOn, tiers }: TierRules, wanted: string): string {
  if (!isOn)
    throw new DomainError(
      'tier.no-rules',
      'Your tiers have no rules that are on, so the tier is part of the master data. Change it there.',
      { field: 'tier' },
      { kind: 'conflict' },
    );
  const found = tiers.find(({ name }) => traitKey(name) === traitKey(wanted));
  if (found !== undefined) return found.name;
  const names = tiers.map(({ name }) => name).join(', ');
  throw new DomainError('tier.unknown', `You have no tier "${wanted}". Choose one of: ${names}.`, {
    field: 'tier',
    tier: wanted,
    names,
  });
}
