import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Halts } from '#delivery';
import { systemActor } from '#kernel';
import { UnsubscribeChecks } from './unsubscribe-checks.service.js';
import type { HeldFor, VersionUpdate } from './version-update.js';
import { VersionUpdatesRepository } from './version-updates.repository.js';

const UPDATES = systemActor('updates');

/** Whether a stop rule of an update is broken, and how many updated partners are stopped; 0 without such a rule. */
export interface RuleState {
  readonly reason: HeldFor | null;
  readonly stopped: number;
}

/** The stop rules of updates. */
@Injectable()
export class StopRules {
  constructor(
    private readonly database: Database,
    private readonly halts: Halts,
    private readonly rows: VersionUpdatesRepository,
    private readonly checks: UnsubscribeChecks,
  ) {}

  /** The state before the next share; nothing is broken before the first one. */
  async stateOf(update: VersionUpdate): Promise<RuleState> {
    if (update.begun === 0) return { reason: null, stopped: 0 };
    const { mostStoppedPartners: most } = update;
    const stopped = most === null ? 0 : await this.countStopped(update);
    if (most !== null && stopped > most) return { reason: 'stopped-partners', stopped };
    return { reason: (await this.checks.haveLeft(update)) ? 'unsubscribes' : null, stopped };
  }

  /** Updated partners whose sending is stopped for bounces or complaints now. Their vendor is told of them by name. */
  private async countStopped({ id }: VersionUpdate): Promise<number> {
    const partnerIds = await this.database.inTransaction(UPDATES, () => this.rows.updatedPartners(id));
    const halts = await this.halts.automaticHalts(UPDATES, partnerIds);
    const bad = halts.filter(({ cause }) => cause === 'bounces' || cause === 'complaints');
    return new Set(bad.map(({ subjectId }) => subjectId)).size;
  }
}
