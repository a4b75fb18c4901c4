import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secret } from 'otpauth';
import { Database } from '#database';
import { SystemClock, systemActor, type UserId } from '#kernel';
import { tokenHash } from '../tokens.js';

const SIGN_IN = systemActor('sign-in');
const CODES = 10;
/**
 * 120 bits in 24 characters of base32. From 112 bits on, a fast hash is safe
 * (OWASP ASVS 5.0, 6.5.2).
 */
const CODE_BYTES = 15;

/** Codes that replace a lost authenticator app, each once. */
@Injectable()
export class RecoveryCodes {
  constructor(
    private readonly database: Database,
    private readonly machine: SystemClock,
  ) {}

  /**
   * Replaces all codes. Joins the open transaction.
   * @returns ten codes of six groups `xxxx-…`, which cannot be read later.
   */
  async renew(userId: UserId): Promise<string[]> {
    const codes = Array.from({ length: CODES }, newCode);
    await this.database.query('DELETE FROM identity.recovery_code WHERE user_id = $1', [userId]);
    await this.database.query(
      'INSERT INTO identity.recovery_code (user_id, code_hash) SELECT $1, unnest($2::bytea[])',
      [userId, codes.map((code) => tokenHash(normal(code)))],
    );
    return codes;
  }

  /** Whether the code is right and unused. It is used from then on. */
  async spend(userId: UserId, code: string): Promise<boolean> {
    const spent = await this.database.inTransaction(SIGN_IN, () =>
      this.database.query(
        'UPDATE identity.recovery_code SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL RETURNING user_id',
        [userId, tokenHash(normal(code)), this.machine.now()],
      ),
    );
    return spent.length > 0;
  }
}

function newCode(): string {
  const { base32 } = new Secret({ buffer: Uint8Array.from(randomBytes(CODE_BYTES)).buffer });
  return base32.toLowerCase().replace(/(.{4})(?=.)/g, '$1-');
}

/** People type codes with and without hyphens and capitals. */
const normal = (code: string): string => code.replace(/[\s-]/g, '').toUpperCase();
