import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock, DomainError, systemActor } from '#kernel';
import { tokenHash } from '../tokens.js';

const SIGN_IN = systemActor('sign-in');

/** How many failures within how many milliseconds block a subject. */
export interface AttemptLimit {
  readonly failures: number;
  readonly windowMs: number;
}

/**
 * Counts guesses of passwords and codes. An attempt counts as a failure before
 * it is compared, so that parallel guesses count, too. A success deletes the
 * count.
 */
@Injectable()
export class Attempts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts one attempt.
   * @param subject what is guessed: an address, or a person's code.
   * @throws DomainError `credentials.too-many` above the limit.
   */
  async count(subject: string, { failures, windowMs }: AttemptLimit): Promise<void> {
    const now = this.clock.now();
    const [attempt] = await this.database.inTransaction(SIGN_IN, () =>
      this.database.query<{ failures: number }>(
        `INSERT INTO identity.sign_in_failure AS f (subject_hash, failures, window_started_at) VALUES ($1, 1, $2)
         ON CONFLICT (subject_hash) DO UPDATE SET
           failures = CASE WHEN f.window_started_at < $3 THEN 1 ELSE least(f.failures + 1, $4) END,
           window_started_at = CASE WHEN f.window_started_at < $3 THEN $2 ELSE f.window_started_at END
         RETURNING failures`,
        [tokenHash(subject), now, new Date(now.getTime() - windowMs), failures + 1],
      ),
    );
    if ((attempt?.failures ?? 0) > failures) throw tooMany(windowMs);
  }

  /** Deletes the count after a success, or after a new password. */
  async clear(subject: string): Promise<void> {
    await this.database.inTransaction(SIGN_IN, () =>
      this.database.query('DELETE FROM identity.sign_in_failure WHERE subject_hash = $1', [tokenHash(subject)]),
    );
  }
}

const tooMany = (windowMs: number): DomainError =>
  windowMs === PASSWORD_ATTEMPTS.windowMs
    ? new DomainError(
        'credentials.too-many',
        'Too many wrong passwords for this address. Wait 15 minutes, or request a new password.',
        {},
        { kind: 'too-many' },
      )
    : new DomainError(
        'second-factor.too-many',
        'Too many wrong codes. Wait an hour, or sign in with a passkey.',
        {},
        { kind: 'too-many' },
      );

export const PASSWORD_ATTEMPTS: AttemptLimit = { failures: 10, windowMs: 15 * 60_000 };
/**
 * Three codes of a million are valid at a time. Ten guesses an hour find one
 * within a day with a probability of 0.07 %, for someone who has the password.
 */
export const CODE_ATTEMPTS: AttemptLimit = { failures: 10, windowMs: 3_600_000 };
