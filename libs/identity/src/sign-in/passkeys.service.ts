import { Inject, Injectable } from '@nestjs/common';
import type { VerifiedRegistrationResponse } from '@simplewebauthn/server';
import type { PasskeyAssertion, PasskeyAttestation, PasskeyCreationOptions, PasskeyRequestOptions } from '#contracts';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { DomainError, type Id, newId, notFound, SystemClock, systemActor, type UserId } from '#kernel';
import type { User } from '../principal.js';
import { CHALLENGE_MS, type ChallengePurpose, PasskeyChallenges } from './passkey-challenges.service.js';

export type PasskeyId = Id<'passkey'>;

const SIGN_IN = systemActor('sign-in');
/** Ed25519, ES256 and RS256 (COSE). */
const ALGORITHMS = [-8, -7, -257];
const MAX_PASSKEYS = 20;

/**
 * Loaded by the first answer of an authenticator: 700 modules, which cost each
 * start of a process 0.5 s of processor time.
 */
const webAuthn = () => import('@simplewebauthn/server');
const webAuthnHelpers = () => import('@simplewebauthn/server/helpers');

export interface Passkey {
  readonly id: PasskeyId;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

interface StoredKey {
  readonly id: PasskeyId;
  readonly userId: UserId;
  readonly publicKey: Buffer;
  readonly counter: string;
}

/**
 * Passkeys (WebAuthn level 3). The authenticator verifies its user by PIN,
 * finger or face, so that a passkey counts as two factors.
 */
@Injectable()
export class Passkeys {
  private readonly relyingPartyId: string;
  private readonly origin: string;

  constructor(
    private readonly database: Database,
    private readonly machine: SystemClock,
    private readonly challenges: PasskeyChallenges,
    @Inject(CONFIG) config: Pick<Config, 'PUBLIC_URL'>,
  ) {
    const { hostname, origin } = new URL(config.PUBLIC_URL);
    this.relyingPartyId = hostname;
    this.origin = origin;
  }

  /** @throws DomainError `passkey.too-many`. */
  async creationOptions(user: User): Promise<PasskeyCreationOptions> {
    const known = await this.credentialIdsOf(user.id);
    if (known.length >= MAX_PASSKEYS)
      throw new DomainError(
        'passkey.too-many',
        `You have ${MAX_PASSKEYS} passkeys. Remove one that you no longer use.`,
        {},
        { kind: 'conflict' },
      );
    return {
      challenge: await this.challenges.issue('registration', user.id),
      rp: { id: this.relyingPartyId, name: 'Throughline' },
      // Bytes that tell nothing about the person.
      user: { id: userHandleOf(user.id), name: user.email, displayName: user.name },
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
      timeout: CHALLENGE_MS,
      excludeCredentials: known.map((id) => ({ type: 'public-key', id })),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
    };
  }

  /**
   * @param then joins the transaction that stores the passkey, so that no
   *   passkey exists without its audit entry and e-mail.
   * @throws DomainError `passkey.not-registered`, `passkey.known`.
   */
  async register(
    user: User,
    { name, attestation }: { readonly name: string; readonly attestation: PasskeyAttestation },
    then: () => Promise<void>,
  ): Promise<Passkey> {
    // The challenge is used up in its own transaction: an answer that is refused
    // must not give it back.
    const { credential } = await this.verifiedAttestation(user.id, attestation);
    const id = newId<PasskeyId>();
    const createdAt = this.machine.now();
    await this.database.inTransaction(SIGN_IN, async () => {
      const added = await this.database.query(
        `INSERT INTO identity.passkey (id, user_id, credential_id, public_key, counter, name, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (credential_id) DO NOTHING RETURNING id`,
        [id, user.id, credential.id, Buffer.from(credential.publicKey), credential.counter, name, createdAt],
      );
      if (added.length === 0)
        throw new DomainError('passkey.known', 'This passkey is registered already.', {}, { kind: 'conflict' });
      await then();
    });
    return { id, name, createdAt, lastUsedAt: null };
  }

  /** @param userId null for a sign-in: the authenticator offers its keys. */
  async requestOptions(purpose: ChallengePurpose, userId: UserId | null): Promise<PasskeyRequestOptions> {
    const ids = userId === null ? [] : await this.credentialIdsOf(userId);
    return {
      challenge: await this.challenges.issue(purpose, userId),
      rpId: this.relyingPartyId,
      timeout: CHALLENGE_MS,
      userVerification: 'required',
      allowCredentials: ids.map((id) => ({ type: 'public-key', id })),
    };
  }

  /**
   * Verifies the answer to a challenge, and stores its counter.
   * @param userId null for a sign-in.
   * @returns the person of the passkey.
   * @throws DomainError `passkey.refused`, also for a counter that does not
   *   grow: the key was copied.
   */
  async verify(purpose: ChallengePurpose, userId: UserId | null, assertion: PasskeyAssertion): Promise<UserId> {
    const challenge = await this.challenges.spend(purpose, userId, assertion.response.clientDataJSON);
    const key = await this.storedKey(assertion.id);
    if (challenge === null || key === undefined || (userId !== null && key.userId !== userId)) throw refused();
    const counter = await this.verifiedCounter(challenge, key, assertion);
    const used = await this.database.inTransaction(SIGN_IN, () =>
      this.database.query(
        `UPDATE identity.passkey SET counter = $2, last_used_at = $3
         WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0)) RETURNING id`,
        [key.id, counter, this.machine.now()],
      ),
    );
    if (used.length === 0) throw refused();
    return key.userId;
  }

  async list(userId: UserId): Promise<Passkey[]> {
    return this.database.inTransaction(SIGN_IN, () =>
      this.database.query<Passkey>(
        'SELECT id, name, created_at, last_used_at FROM identity.passkey WHERE user_id = $1 ORDER BY id',
        [userId],
      ),
    );
  }

  /** @throws DomainError `passkey.not-found`. */
  async rename(userId: UserId, id: PasskeyId, name: string): Promise<void> {
    const renamed = await this.database.inTransaction(SIGN_IN, () =>
      this.database.query('UPDATE identity.passkey SET name = $3 WHERE id = $2 AND user_id = $1 RETURNING id', [
        userId,
        id,
        name,
      ]),
    );
    if (renamed.length === 0) throw notFound('passkey', id);
  }

  /**
   * Joins the open transaction.
   * @returns the name of the removed passkey.
   * @throws DomainError `passkey.not-found`.
   */
  async remove(userId: UserId, id: PasskeyId): Promise<string> {
    const [removed] = await this.database.query<{ name: string }>(
      'DELETE FROM identity.passkey WHERE id = $2 AND user_id = $1 RETURNING name',
      [userId, id],
    );
    if (removed === undefined) throw notFound('passkey', id);
    return removed.name;
  }

  private async verifiedAttestation(
    userId: UserId,
    attestation: PasskeyAttestation,
  ): Promise<NonNullable<VerifiedRegistrationResponse['registrationInfo']>> {
    const expectedChallenge = await this.challenges.spend('registration', userId, attestation.response.clientDataJSON);
    if (expectedChallenge === null) throw notRegistered();
    const { verified, registrationInfo } = await refusing(notRegistered, async () => {
      await refuseCertificates(attestation.response.attestationObject);
      const { verifyRegistrationResponse } = await webAuthn();
      return verifyRegistrationResponse({
        response: attestation,
        expectedChallenge,
        expectedOrigin: this.origin,
        expectedRPID: this.relyingPartyId,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      });
    });
    if (!verified) throw notRegistered();
    return registrationInfo;
  }

  private async verifiedCounter(
    expectedChallenge: string,
    key: StoredKey,
    assertion: PasskeyAssertion,
  ): Promise<number> {
    const { verified, authenticationInfo } = await refusing(refused, async () => {
      const { verifyAuthenticationResponse } = await webAuthn();
      return verifyAuthenticationResponse({
        response: assertion,
        expectedChallenge,
        expectedOrigin: this.origin,
        expectedRPID: this.relyingPartyId,
        requireUserVerification: true,
        credential: {
          id: assertion.id,
          publicKey: Uint8Array.from(key.publicKey),
          counter: Number(key.counter),
        },
      });
    });
    if (!verified) throw refused();
    return authenticationInfo.newCounter;
  }

  private async storedKey(credentialId: string): Promise<StoredKey | undefined> {
    const [key] = await this.database.inTransaction(SIGN_IN, () =>
      this.database.query<StoredKey>(
        'SELECT id, user_id, public_key, counter FROM identity.passkey WHERE credential_id = $1',
        [credentialId],
      ),
    );
    return key;
  }

  private async credentialIdsOf(userId: UserId): Promise<string[]> {
    const rows = await this.database.inTransaction(SIGN_IN, () =>
      this.database.query<{ credentialId: string }>(
        'SELECT credential_id FROM identity.passkey WHERE user_id = $1 ORDER BY id',
        [userId],
      ),
    );
    return rows.map(({ credentialId }) => credentialId);
  }
}

const userHandleOf = (userId: UserId): string => Buffer.from(userId.replaceAll('-', ''), 'hex').toString('base64url');

/**
 * Browsers send no certificates with `attestation: none`. The library would ask
 * servers that a certificate names for revocations: addresses of strangers.
 */
async function refuseCertificates(attestationObject: string): Promise<void> {
  const { decodeAttestationObject } = await webAuthnHelpers();
  const decoded = decodeAttestationObject(Uint8Array.from(Buffer.from(attestationObject, 'base64url')));
  const format = decoded.get('fmt');
  if (format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined)) return;
  throw new Error('The attestation has certificates.');
}

/** The library throws an Error for each check that fails. */
async function refusing<T>(refusal: (cause: unknown) => DomainError, verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch (cause) {
    throw refusal(cause);
  }
}

const notRegistered = (cause?: unknown): DomainError =>
  new DomainError(
    'passkey.not-registered',
    "The browser's answer was not accepted, so that no passkey was added. Begin again on this page.",
    {},
    { cause },
  );

const refused = (cause?: unknown): DomainError =>
  new DomainError(
    'passkey.refused',
    'The passkey was not accepted: it is unknown here, or its answer is too old. Try again, or use your password.',
    {},
    { kind: 'unauthenticated', cause },
  );
