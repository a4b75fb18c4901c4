import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock, DAY_MS, SystemClock, systemActor } from '#kernel';
import { IDLE_MS, LIFETIME_MS } from '../sessions.service.js';

const CLEANUP = systemActor('cleanup');

/**
 * Deletes what sign-ins leave behind: anyone on the internet can add rows to
 * these tables.
 */
@Injectable()
export class OldSignInRecords {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly machine: SystemClock,
  ) {}

  /**
   * Deletes sessions that are over, expired challenges and links, and failures
   * and unconfirmed secrets of more than a day ago.
   * @returns how many rows.
   */
  async delete(): Promise<number> {
    const machine = this.machine.now().getTime();
    const yesterday = new Date(this.clock.now().getTime() - DAY_MS);
    const deletions: readonly (readonly [sql: string, parameters: readonly Date[]])[] = [
      [
        'DELETE FROM identity.session WHERE seen_at < $1 OR created_at < $2 RETURNING 1',
        [new Date(machine - IDLE_MS), new Date(machine - LIFETIME_MS)],
      ],
      ['DELETE FROM identity.passkey_challenge WHERE expires_at < $1 RETURNING 1', [new Date(machine)]],
      [
        'DELETE FROM identity.totp WHERE confirmed_at IS NULL AND created_at < $1 RETURNING 1',
        [new Date(machine - DAY_MS)],
      ],
      ['DELETE FROM identity.sign_in_failure WHERE window_started_at < $1 RETURNING 1', [yesterday]],
      ['DELETE FROM identity.password_reset WHERE expires_at < $1 RETURNING 1', [yesterday]],
      ['DELETE FROM identity.email_change WHERE expires_at < $1 RETURNING 1', [yesterday]],
      ['DELETE FROM identity.password_reset_request WHERE requested_at < $1 RETURNING 1', [yesterday]],
    ];
    let count = 0;
    for (const [sql, parameters] of deletions)
      count += (await this.database.inTransaction(CLEANUP, () => this.database.query(sql, [...parameters]))).length;
    return count;
  }
}
