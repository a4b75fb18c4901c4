import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '#database';
import { SystemClock, systemActor, type UserId } from '#kernel';
import { tokenHash } from '../tokens.js';

const SIGN_IN = systemActor('sign-in');
const CHALLENGE_BYTES = 32;
export const CHALLENGE_MS = 5 * 60_000;

/** What a challenge may be answered for. */
export type ChallengePurpose = 'registration' | 'sign-in' | 'confirmation';

/** What the browser signs (WebAuthn, 5.8.1). */
const ClientData = z.object({ challenge: z.string() });

/** Random values that a passkey signs: stored, used once, for five minutes. */
@Injectable()
export class PasskeyChallenges {
  constructor(
    private readonly database: Database,
    private readonly machine: SystemClock,
  ) {}

  /** @param userId null for a sign-in. */
  async issue(purpose: ChallengePurpose, userId: UserId | null): Promise<string> {
    const challenge = randomBytes(CHALLENGE_BYTES).toString('base64url');
    const expiresAt = new Date(this.machine.now().getTime() + CHALLENGE_MS);
    await this.database.inTransaction(SIGN_IN, () =>
      this.database.query(
        'INSERT INTO identity.passkey_challenge (challenge_hash, purpose, user_id, expires_at) VALUES ($1, $2, $3, $4)',
        [tokenHash(challenge), purpose, userId, expiresAt],
      ),
    );
    return challenge;
  }

  /**
   * Uses up the challenge of an answer, before its signature is checked.
   * @param clientData base64url of the browser's JSON.
   * @returns null if it is unknown, used, expired, or of another purpose or
   *   person.
   */
  async spend(purpose: ChallengePurpose, userId: UserId | null, clientData: string): Promise<string | null> {
    const challenge = challengeIn(clientData);
    if (challenge === null) return null;
    const spent = await this.database.inTransaction(SIGN_IN, () =>
      this.database.query(
        `DELETE FROM identity.passkey_challenge
         WHERE challenge_hash = $1 AND purpose = $2 AND user_id IS NOT DISTINCT FROM $3 AND expires_at > $4 RETURNING purpose`,
        [tokenHash(challenge), purpose, userId, this.machine.now()],
      ),
    );
    return spent.length > 0 ? challenge : null;
  }
}

function challengeIn(clientData: string): string | null {
  try {
    return ClientData.parse(JSON.parse(Buffer.from(clientData, 'base64url').toString())).challenge;
  } catch {
    return null;
  }
}
