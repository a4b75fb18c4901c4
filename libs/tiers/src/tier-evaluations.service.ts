import { Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { TierRequirement } from '#contracts';
import { Database, unnestRows } from '#database';
import {
  Clock,
  groupBy,
  type Id,
  newId,
  type PartnerId,
  type ProgrammeId,
  systemActor,
  type VendorActor,
  vendorProcess,
  type VendorProcess,
} from '#kernel';
import { MembershipTiers } from '#organisations';
import { requirementsOf } from './requirement.js';
import { Standings } from './standings.service.js';
import { decideMove, type Direction, directionOf, isManual, type Move, type Standing } from './tier-move.js';
import type { TierRules } from './tier-rules.js';
import { type RuledProgramme, TierRulesStore } from './tier-rules-store.service.js';

const NAME = 'tiers';

/** A partner, what happens to its tier, and the requirements that decide it. */
interface Decided {
  readonly standing: Standing;
  readonly move: Move;
  readonly requirements: readonly TierRequirement[];
}

type Of<Kind extends Move['kind']> = Decided & { readonly move: Extract<Move, { kind: Kind }> };

const is =
  <Kind extends Move['kind']>(kind: Kind) =>
  (decided: Decided): decided is Of<Kind> =>
    decided.move.kind === kind;

/**
 * Gives partners the tiers that they earn: each day, and at once when rules or a
 * manual tier change. A run that was killed has changed nothing; one that is
 * repeated finds nothing to do.
 */
@Injectable()
export class TierEvaluations {
  private readonly logger = new Logger(TierEvaluations.name);

  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly tiers: MembershipTiers,
    private readonly store: TierRulesStore,
    private readonly standings: Standings,
  ) {}

  /**
   * Evaluates each programme that was not evaluated today. Safe in any number of
   * processes. A failure blocks no other programme.
   */
  async evaluateDue(): Promise<void> {
    for (const due of await this.store.due(systemActor(NAME), this.standings.today()))
      try {
        await this.evaluateDaily(due);
      } catch (error) {
        this.logger.error('The tiers of a programme could not be evaluated; it is tried again.', error);
      }
  }

  private async evaluateDaily({ programmeId, vendorId }: RuledProgramme): Promise<void> {
    const actor = vendorProcess(NAME, vendorId);
    await this.database.inTransaction(actor, async () => {
      await this.store.lock(programmeId);
      // Another process may have been first.
      if ((await this.evaluatedOn(actor, programmeId)) === this.standings.today()) return;
      await this.evaluate(actor, await this.store.current(actor, programmeId));
    });
  }

  /** The day of the last evaluation; null: there was none. */
  async evaluatedOn(actor: VendorActor | VendorProcess, programmeId: ProgrammeId): Promise<string | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<{ on: string }>(
        'SELECT evaluated_on::text AS on FROM tiers.evaluation WHERE programme_id = $1',
        [programmeId],
      ),
    );
    return found?.on ?? null;
  }

  /** Evaluates all partners of a programme. Joins the open transaction, after `TierRulesStore.lock`. */
  async evaluate(actor: VendorActor | VendorProcess, rules: TierRules): Promise<void> {
    await this.dropObsolete(rules);
    if (!rules.isOn) return;
    await this.apply(actor, rules, await this.standings.list(rules));
    await this.database.query(
      `INSERT INTO tiers.evaluation (programme_id, vendor_id, evaluated_on, rules_version) VALUES ($1, $2, $3, $4)
       ON CONFLICT (programme_id) DO UPDATE SET evaluated_on = excluded.evaluated_on, rules_version = excluded.rules_version`,
      [rules.programmeId, actor.vendorId, this.standings.today(), rules.version],
    );
  }

  /** Evaluates one partner, such as one whose manual tier was removed. Joins the open transaction, as `evaluate`. */
  async evaluateOne(actor: VendorActor | VendorProcess, rules: TierRules, partnerId: PartnerId): Promise<void> {
    await this.apply(actor, rules, await this.standings.list(rules, partnerId));
  }

  private async apply(
    actor: VendorActor | VendorProcess,
    rules: TierRules,
    standings: readonly Standing[],
  ): Promise<void> {
    if (standings.length === 0) return;
    const context = await this.standings.context(actor, rules);
    const decided = standings.map((standing): Decided => {
      const move = decideMove(standing, rules, context.today);
      const rank = directionOf(standing) === 'down' ? standing.currentRank : standing.earnedRank;
      return { standing, move, requirements: requirementsOf(standing, rank ?? standing.earnedRank, context) };
    });
    await this.endManualTiers(rules, standings);
    await this.endDrops(rules, decided);
    await this.redirectDrops(rules, decided.filter(is('redirect')));
    await this.announceDrops(actor, rules, decided.filter(is('announce')));
    await this.changeTiers(actor, rules, decided.filter(is('change')));
  }

  /** Coming drops of partners that left, and all of them once rules are off. */
  private async dropObsolete({ programmeId, isOn }: TierRules): Promise<void> {
    await this.database.query(
      `DELETE FROM tiers.coming_drop d WHERE d.programme_id = $1 AND (NOT $2 OR NOT EXISTS (
         SELECT FROM organisations.membership_view m
         WHERE m.programme_id = d.programme_id AND m.partner_id = d.partner_id AND m.status = 'active'))`,
      [programmeId, isOn],
    );
  }

  private async endManualTiers({ programmeId }: TierRules, standings: readonly Standing[]): Promise<void> {
    const today = this.standings.today();
    const ended = standings.filter((one) => one.manualTier !== null && !isManual(one, today));
    if (ended.length === 0) return;
    await this.database.query('DELETE FROM tiers.manual_tier WHERE programme_id = $1 AND partner_id = ANY ($2)', [
      programmeId,
      ended.map(({ partnerId }) => partnerId),
    ]);
  }

  /** Deletes coming drops that are off, that have come, and that are announced anew. */
  private async endDrops({ programmeId }: TierRules, decided: readonly Decided[]): Promise<void> {
    const ended = decided.filter(
      ({ move, standing }) => standing.dropTo !== null && ['stay', 'change', 'announce'].includes(move.kind),
    );
    if (ended.length === 0) return;
    await this.database.query('DELETE FROM tiers.coming_drop WHERE programme_id = $1 AND partner_id = ANY ($2)', [
      programmeId,
      ended.map(({ standing }) => standing.partnerId),
    ]);
  }

  private async redirectDrops({ programmeId }: TierRules, redirected: readonly Of<'redirect'>[]): Promise<void> {
    if (redirected.length === 0) return;
    const given = unnestRows(
      redirected,
      { partnerId: ['uuid', ({ standing }) => standing.partnerId], toTier: ['text', ({ move }) => move.to] },
      [programmeId],
    );
    await this.database.query(
      `UPDATE tiers.coming_drop d SET to_tier = given.to_tier FROM ${given.from}
       WHERE d.programme_id = $1 AND d.partner_id = given.partner_id`,
      given.parameters,
    );
  }

  private async announceDrops(
    { vendorId }: VendorActor | VendorProcess,
    { programmeId }: TierRules,
    announced: readonly Of<'announce'>[],
  ): Promise<void> {
    if (announced.length === 0) return;
    const rows = unnestRows(
      announced,
      {
        partnerId: ['uuid', ({ standing }) => standing.partnerId],
        fromTier: ['text', ({ standing }) => standing.tier],
        toTier: ['text', ({ move }) => move.to],
        dropsOn: ['date', ({ move }) => move.dropsOn],
        requirements: ['jsonb', ({ requirements }) => requirements],
      },
      [programmeId, vendorId, this.standings.today()],
    );
    await this.database.query(
      `INSERT INTO tiers.coming_drop (programme_id, vendor_id, announced_on, partner_id, from_tier, to_tier, drops_on, requirements)
       SELECT $1, $2, $3, given.* FROM ${rows.from}`,
      rows.parameters,
    );
  }

  private async changeTiers(
    actor: VendorActor | VendorProcess,
    { programmeId, version }: TierRules,
    changed: readonly Of<'change'>[],
  ): Promise<void> {
    if (changed.length === 0) return;
    await this.tiers.write(
      programmeId,
      changed.map(({ standing: { partnerId }, move: { to } }) => ({ partnerId, tier: to })),
    );
    const rows = unnestRows(
      changed,
      {
        id: ['uuid', () => newId<Id<'tier-change'>>()],
        partnerId: ['uuid', ({ standing }) => standing.partnerId],
        fromTier: ['text', ({ standing }) => standing.tier],
        toTier: ['text', ({ move }) => move.to],
        requirements: ['jsonb', ({ requirements }) => requirements],
      },
      [programmeId, actor.vendorId, this.clock.now(), version],
    );
    await this.database.query(
      `INSERT INTO tiers.change (programme_id, vendor_id, at, rules_version, id, partner_id, from_tier, to_tier, requirements)
       SELECT $1, $2, $3, $4, given.* FROM ${rows.from}`,
      rows.parameters,
    );
    await this.record(actor, { programmeId, version }, changed);
  }

  /** One entry for the vendor, and one in the log of each partner: in a statement for each pair of tiers. */
  private async record(
    actor: VendorActor | VendorProcess,
    { programmeId, version }: Pick<TierRules, 'programmeId' | 'version'>,
    changed: readonly Of<'change'>[],
  ): Promise<void> {
    const count = (direction: Direction): number =>
      changed.filter(({ standing }) => directionOf(standing) === direction).length;
    await this.audit.record(actor, {
      action: 'tiers.evaluated',
      subject: { kind: 'programme', id: programmeId },
      details: { version, up: count('up'), down: count('down'), unlisted: count('unlisted') },
    });
    for (const alike of groupBy(changed, ({ standing, move }) => JSON.stringify([standing.tier, move.to])).values()) {
      const [first] = alike;
      if (first === undefined) continue;
      await this.audit.recordForPartners(
        actor,
        {
          action: 'membership.tier-changed',
          subject: { kind: 'programme', id: programmeId },
          details: { vendorId: actor.vendorId, tier: first.move.to, before: first.standing.tier },
        },
        alike.map(({ standing }) => standing.partnerId),
      );
    }
  }
}
