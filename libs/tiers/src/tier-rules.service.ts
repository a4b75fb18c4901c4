import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { TierPreview, TierRulesInput } from '#contracts';
import { Database } from '#database';
import { Clock, type ProgrammeId, requireCurrent, type VendorActor, type VendorProcess } from '#kernel';
import { PartnerAttributes } from '#organisations';
import { previewOf } from './tier-preview.js';
import { Standings } from './standings.service.js';
import { TierEvaluations } from './tier-evaluations.service.js';
import { requireUsableTiers, type TierRules } from './tier-rules.js';
import { TierRulesStore } from './tier-rules-store.service.js';

/** The rules by which a vendor's partners get their tiers. */
@Injectable()
export class PartnerTierRules {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly attributes: PartnerAttributes,
    private readonly store: TierRulesStore,
    private readonly standings: Standings,
    private readonly evaluations: TierEvaluations,
  ) {}

  /** The rules in force; version 0 if none were saved. */
  async current(actor: VendorActor | VendorProcess, programmeId: ProgrammeId): Promise<TierRules> {
    return this.store.current(actor, programmeId);
  }

  /** The day of the last evaluation; null: there was none. */
  async evaluatedOn(actor: VendorActor, programmeId: ProgrammeId): Promise<string | null> {
    return this.evaluations.evaluatedOn(actor, programmeId);
  }

  /**
   * Saves a version and evaluates it at once. Switched off, coming drops are
   * off, and each partner keeps the tier that it has.
   * @param basedOn the version that was edited; null: replace any.
   * @throws DomainError as `requireUsableTiers`, and `edit.stale`.
   */
  async save(
    actor: VendorActor | VendorProcess,
    programmeId: ProgrammeId,
    input: TierRulesInput,
    basedOn: string | null,
  ): Promise<TierRules> {
    return this.database.inTransaction(actor, async () => {
      await this.store.lock(programmeId);
      const { version } = await this.store.current(actor, programmeId);
      requireCurrent(basedOn, String(version));
      requireUsableTiers(input.tiers, await this.attributes.list(actor));
      const rules = {
        ...input,
        programmeId,
        version: version + 1,
        savedBy: actor.name,
        savedAt: this.clock.now(),
      };
      await this.store.add(actor, rules);
      await this.audit.record(actor, {
        action: 'tier-rules.saved',
        subject: { kind: 'programme', id: programmeId },
        details: { version: rules.version, isOn: rules.isOn, tiers: rules.tiers.map(({ name }) => name) },
      });
      await this.evaluations.evaluate(actor, rules);
      return rules;
    });
  }

  /**
   * What rules would do if they were saved now. Stores nothing.
   * @throws DomainError as `requireUsableTiers`.
   */
  async preview(actor: VendorActor, programmeId: ProgrammeId, input: TierRulesInput): Promise<TierPreview> {
    return this.database.inTransaction(actor, async () => {
      requireUsableTiers(input.tiers, await this.attributes.list(actor));
      const rules = { ...input, programmeId, version: 0, savedBy: null, savedAt: null };
      return previewOf(
        await this.standings.list(rules),
        await this.standings.countPartners(actor.vendorId),
        rules,
        await this.standings.context(actor, rules),
      );
    });
  }
}
