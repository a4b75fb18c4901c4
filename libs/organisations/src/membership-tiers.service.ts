import { Injectable } from '@nestjs/common';
import { Database, unnestRows } from '#database';
import { DomainError, type PartnerId, type ProgrammeId, type VendorActor } from '#kernel';

/** A partner's tier from now on. */
interface NewTier {
  readonly partnerId: PartnerId;
  readonly tier: string;
}

/** The tiers of memberships: who decides them, and what they are from now on. */
@Injectable()
export class MembershipTiers {
  constructor(private readonly database: Database) {}

  /** Whether rules decide the tiers of the vendor's active partners: functions/organisations.tier_rules.sql. */
  async areByRule(actor: VendorActor): Promise<boolean> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ isByRule: boolean }>('SELECT organisations.tier_rules($1) IS NOT NULL AS is_by_rule', [
        actor.vendorId,
      ]),
    );
    return found?.isByRule ?? false;
  }

  /** Writes tiers that rules or a person decided. Joins the open transaction. */
  async write(programmeId: ProgrammeId, tiers: readonly NewTier[]): Promise<void> {
    if (tiers.length === 0) return;
    const given = unnestRows(tiers, { partnerId: 'uuid', tier: 'text' }, [programmeId]);
    await this.database.query(
      `UPDATE organisations.membership m SET tier = given.tier FROM ${given.from}
       WHERE m.programme_id = $1 AND m.partner_id = given.partner_id`,
      given.parameters,
    );
  }

  /** @throws DomainError `membership.tier-by-rule` if rules decide the tiers of active partners. */
  async requireByHand(actor: VendorActor): Promise<void> {
    if (await this.areByRule(actor)) throw tierByRule();
  }
}

const tierByRule = (): DomainError =>
  new DomainError(
    'membership.tier-by-rule',
    'Rules decide the tiers of your partners. Set this tier by hand with a reason, or switch the rules off.',
    { field: 'tier' },
    { kind: 'conflict' },
  );
