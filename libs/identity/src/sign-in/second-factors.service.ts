import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { DomainError, systemActor, type UserId } from '#kernel';
import { Attempts, CODE_ATTEMPTS } from './attempts.service.js';
import { RecoveryCodes } from './recovery-codes.service.js';
import { TotpCodes } from './totp.service.js';

const SIGN_IN = systemActor('sign-in');

/** What a person has set up besides the password. */
export interface SecondFactorState {
  /** Since when codes of an authenticator app are asked for. */
  readonly totpSince: Date | null;
  readonly recoveryCodesLeft: number;
}

/** Codes of authenticator apps and recovery codes, behind one limit. */
@Injectable()
export class SecondFactors {
  constructor(
    private readonly database: Database,
    private readonly attempts: Attempts,
    private readonly totp: TotpCodes,
    private readonly recovery: RecoveryCodes,
  ) {}

  async state(userId: UserId): Promise<SecondFactorState> {
    const [state] = await this.database.inTransaction(SIGN_IN, () =>
      this.database.query<SecondFactorState>(
        `SELECT (SELECT confirmed_at FROM identity.totp WHERE user_id = $1) AS totp_since,
           (SELECT count(*)::int FROM identity.recovery_code WHERE user_id = $1 AND used_at IS NULL) AS recovery_codes_left`,
        [userId],
      ),
    );
    return state ?? { totpSince: null, recoveryCodesLeft: 0 };
  }

  /**
   * Checks a code of the authenticator app, or a recovery code. Each is good
   * for one time.
   * @throws DomainError `second-factor.wrong`; `second-factor.too-many` after
   *   ten failures within an hour.
   */
  async verifyCode(userId: UserId, code: string): Promise<void> {
    const subject = `code of ${userId}`;
    await this.attempts.count(subject, CODE_ATTEMPTS);
    const digits = code.replace(/\s/g, '');
    const isRight = /^\d{6}$/.test(digits)
      ? await this.totp.spend(userId, digits)
      : await this.recovery.spend(userId, code);
    if (!isRight)
      throw new DomainError(
        'second-factor.wrong',
        'The code is wrong, or was used already. Enter the current code of your authenticator app, or a recovery code.',
        { field: 'code' },
        { kind: 'unauthenticated' },
      );
    await this.attempts.clear(subject);
  }

  /**
   * Turns the authenticator app on. Joins the open transaction.
   * @returns recovery codes, shown once.
   * @throws DomainError as `TotpCodes.confirm`.
   */
  async turnOn(userId: UserId, code: string): Promise<string[]> {
    await this.totp.confirm(userId, code);
    return this.recovery.renew(userId);
  }

  /**
   * Joins the open transaction.
   * @returns whether an authenticator app was on.
   */
  async turnOff(userId: UserId): Promise<boolean> {
    await this.database.query('DELETE FROM identity.recovery_code WHERE user_id = $1', [userId]);
    const [removed] = await this.database.query<{ confirmedAt: Date | null }>(
      'DELETE FROM identity.totp WHERE user_id = $1 RETURNING confirmed_at',
      [userId],
    );
    return removed?.confirmedAt != null;
  }
}
