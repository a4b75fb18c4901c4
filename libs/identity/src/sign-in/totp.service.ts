import { Inject, Injectable } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import {
  DomainError,
  notFound,
  type SealedColumns,
  SecretSealer,
  SystemClock,
  systemActor,
  type UserId,
} from '#kernel';
import type { User } from '../principal.js';

const SIGN_IN = systemActor('sign-in');
export const SEALED_TOTP_SECRETS: SealedColumns = {
  table: 'identity.totp',
  columns: ['secret'],
  owner: 'user_id',
  purpose: 'throughline totp secrets',
};
const SECRET_BYTES = 20;
const PERIOD_S = 30;
/** Steps before and after the current one: clocks of telephones differ. */
const WINDOW_STEPS = 1;

/** A secret for an authenticator app, shown once. */
export interface TotpSecret {
  /** Base32, for typing. */
  readonly secret: string;
  /** `otpauth://totp/…`, for a QR code. */
  readonly url: string;
}

/**
 * Codes of authenticator apps (TOTP, RFC 6238: SHA-1, six digits, 30 s).
 * Their time is the machine's: a demo calendar must not lock people out.
 */
@Injectable()
export class TotpCodes {
  private readonly sealer: SecretSealer;

  constructor(
    private readonly database: Database,
    private readonly machine: SystemClock,
    @Inject(CONFIG) config: Pick<Config, 'SECRET_KEY'>,
  ) {
    this.sealer = new SecretSealer(config.SECRET_KEY, SEALED_TOTP_SECRETS.purpose);
  }

  /**
   * Creates a secret that counts after `confirm`. An earlier unconfirmed secret
   * is replaced.
   * @throws DomainError `totp.already-on`.
   */
  async start(user: User): Promise<TotpSecret> {
    const secret = new Secret({ size: SECRET_BYTES });
    const sealed = this.sealer.seal(user.id, Buffer.from(secret.bytes));
    const stored = await this.database.inTransaction(SIGN_IN, () =>
      this.database.query(
        `INSERT INTO identity.totp AS t (user_id, secret, created_at) VALUES ($1, $2, $3)
         ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at, last_step = 0
           WHERE t.confirmed_at IS NULL
         RETURNING user_id`,
        [user.id, sealed, this.machine.now()],
      ),
    );
    if (stored.length === 0)
      throw new DomainError(
        'totp.already-on',
        'An authenticator app is set up already. Remove it before you set up another one.',
        {},
        { kind: 'conflict' },
      );
    return { secret: secret.base32, url: totpOf(secret, user.email).toString() };
  }

  /**
   * Turns the secret on by its first code. Joins the open transaction.
   * @throws DomainError `totp.not-found`, `totp.code-wrong`.
   */
  async confirm(userId: UserId, code: string): Promise<void> {
    const step = await this.stepOf(userId, code, false);
    if (step === undefined) throw notFound('totp', userId);
    const confirmed =
      step === null
        ? []
        : await this.database.query(
            'UPDATE identity.totp SET confirmed_at = $2, last_step = $3 WHERE user_id = $1 AND confirmed_at IS NULL RETURNING user_id',
            [userId, this.machine.now(), step],
          );
    if (confirmed.length === 0)
      throw new DomainError(
        'totp.code-wrong',
        'This is not the current code of the app. Check the time of the telephone, and enter the next code.',
        { field: 'code' },
      );
  }

  /**
   * Whether the code is right, once: each code, and every earlier one, is
   * refused from then on, in parallel requests, too.
   */
  async spend(userId: UserId, code: string): Promise<boolean> {
    return this.database.inTransaction(SIGN_IN, async () => {
      const step = await this.stepOf(userId, code, true);
      if (step === null || step === undefined) return false;
      const spent = await this.database.query(
        'UPDATE identity.totp SET last_step = $2 WHERE user_id = $1 AND last_step < $2 RETURNING user_id',
        [userId, step],
      );
      return spent.length > 0;
    });
  }

  /**
   * The step whose code this is, null for no step, undefined without a secret.
   */
  private async stepOf(userId: UserId, code: string, isConfirmed: boolean): Promise<number | null | undefined> {
    const [row] = await this.database.query<{ secret: Buffer }>(
      'SELECT secret FROM identity.totp WHERE user_id = $1 AND (confirmed_at IS NOT NULL) = $2',
      [userId, isConfirmed],
    );
    if (row === undefined) return undefined;
    const opened = this.sealer.open(userId, row.secret);
    const secret = new Secret({ buffer: Uint8Array.from(opened).buffer });
    const timestamp = this.machine.now().getTime();
    const delta = totpOf(secret, '').validate({ token: code, timestamp, window: WINDOW_STEPS });
    return delta === null ? null : TOTP.counter({ period: PERIOD_S, timestamp }) + delta;
  }
}

const totpOf = (secret: Secret, label: string): TOTP =>
  new TOTP({ issuer: 'Throughline', label, algorithm: 'SHA1', digits: 6, period: PERIOD_S, secret });
