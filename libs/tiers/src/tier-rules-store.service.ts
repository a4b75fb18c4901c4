import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { ProgrammeId, SystemActor, VendorActor, VendorId, VendorProcess } from '#kernel';
import type { TierRules } from './tier-rules.js';

/** A programme whose tiers have rules. */
export interface RuledProgramme {
  readonly programmeId: ProgrammeId;
  readonly vendorId: VendorId;
}

const RULES = 'programme_id, version, tiers, grace_days, is_on, saved_by, saved_at';

/** Stores versions of the rules of tiers. */
@Injectable()
export class TierRulesStore {
  constructor(private readonly database: Database) {}

  /** The newest version; version 0 if none was saved. */
  async current(actor: VendorActor | VendorProcess, programmeId: ProgrammeId): Promise<TierRules> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<TierRules>(
        `SELECT ${RULES} FROM tiers.rules WHERE programme_id = $1 AND vendor_id = $2 ORDER BY version DESC LIMIT 1`,
        [programmeId, actor.vendorId],
      ),
    );
    return found ?? { programmeId, version: 0, tiers: [], graceDays: 60, isOn: false, savedBy: null, savedAt: null };
  }

  /** Joins the open transaction. */
  async add(actor: VendorActor | VendorProcess, rules: TierRules): Promise<void> {
    await this.database.query(
      `INSERT INTO tiers.rules (programme_id, version, vendor_id, tiers, grace_days, is_on, saved_by, saved_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        rules.programmeId,
        rules.version,
        actor.vendorId,
        JSON.stringify(rules.tiers),
        rules.graceDays,
        rules.isOn,
        rules.savedBy,
        rules.savedAt,
      ],
    );
  }

  /** One at a time saves or evaluates the rules of a programme, until the open transaction ends. */
  async lock(programmeId: ProgrammeId): Promise<void> {
    await this.database.lock(`tiers of ${programmeId}`);
  }

  /** Programmes whose rules are on and were not evaluated on this day. */
  async due(actor: SystemActor, today: string): Promise<RuledProgramme[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<RuledProgramme>(
        `SELECT newest.programme_id, newest.vendor_id
         FROM (SELECT DISTINCT ON (programme_id) programme_id, vendor_id, is_on FROM tiers.rules
           ORDER BY programme_id, version DESC) newest
           LEFT JOIN tiers.evaluation e ON e.programme_id = newest.programme_id
         WHERE newest.is_on AND (e.evaluated_on IS NULL OR e.evaluated_on < $1)`,
        [today],
      ),
    );
  }
}
