import { Injectable, Logger } from '@nestjs/common';
import type { PasskeyAssertion } from '#contracts';
import { Database } from '#database';
import { DomainError, systemActor, type UserId, withLogContext } from '#kernel';
import { passwordMatches } from '../passwords.js';
import type { OpenedSession, Session, SignInProof } from '../session.js';
import { Sessions } from '../sessions.service.js';
import { Attempts, PASSWORD_ATTEMPTS } from './attempts.service.js';
import { Passkeys } from './passkeys.service.js';
import { SecondFactors } from './second-factors.service.js';

const SIGN_IN = systemActor('sign-in');

/** A password, with a code where the person has an authenticator app. */
export interface PasswordProof {
  readonly email: string;
  readonly password: string;
  readonly code?: string | undefined;
}

/** One of the ways to prove that the person is there. */
export type ConfirmationProof =
  | { readonly password: string }
  | { readonly code: string }
  | { readonly passkey: PasskeyAssertion };

/** Signs people in, and confirms that they are still there. */
@Injectable()
export class SignIns {
  private readonly logger = new Logger(SignIns.name);

  constructor(
    private readonly database: Database,
    private readonly attempts: Attempts,
    private readonly secondFactors: SecondFactors,
    private readonly passkeys: Passkeys,
    private readonly sessions: Sessions,
  ) {}

  /**
   * Opens a session by password, and by a code for a person with an
   * authenticator app.
   * @throws DomainError as `prove`.
   */
  async byPassword(proof: PasswordProof, userAgent: string): Promise<OpenedSession> {
    const { userId, hasSecondFactor } = await this.loggingFailures(proof.email, () => this.prove(proof));
    return this.open(userId, { hasSecondFactor, userAgent }, 'password');
  }

  /**
   * Opens a session by passkey, which counts as two factors.
   * @throws DomainError `passkey.refused`.
   */
  async byPasskey(assertion: PasskeyAssertion, userAgent: string): Promise<OpenedSession> {
    const userId = await this.passkeys.verify('sign-in', null, assertion);
    return this.open(userId, { hasSecondFactor: true, userAgent }, 'passkey');
  }

  private async open(userId: UserId, proof: SignInProof, by: 'password' | 'passkey'): Promise<OpenedSession> {
    const opened = await this.sessions.open(userId, null, proof);
    const factors = proof.hasSecondFactor ? 'two factors' : 'one factor';
    withLogContext({ event: 'signed-in', user: userId, session: opened.session.id }, () =>
      this.logger.log(`Signed in by ${by}, ${factors}.`),
    );
    return opened;
  }

  /** Names the account by its id; an address that has none is not logged. */
  private async loggingFailures<T>(email: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DomainError && error.code !== 'second-factor.required') {
        const { id = 'unknown' } = (await this.accountOf(normalised(email))) ?? {};
        withLogContext({ event: 'sign-in-failed', user: id }, () => this.logger.warn(`Sign-in failed: ${error.code}.`));
      }
      throw error;
    }
  }

  /**
   * @throws DomainError `credentials.wrong` for a wrong password and an unknown
   *   address, in the same time; `credentials.too-many` after ten failures
   *   within 15 minutes; `second-factor.required` without a code;
   *   `second-factor.wrong`, `second-factor.too-many`.
   */
  async prove({
    email,
    password,
    code,
  }: PasswordProof): Promise<{ userId: UserId } & Pick<SignInProof, 'hasSecondFactor'>> {
    const userId = await this.userOf(email, password);
    const { totpSince } = await this.secondFactors.state(userId);
    if (totpSince === null) return { userId, hasSecondFactor: false };
    if (code === undefined || code === '')
      throw new DomainError(
        'second-factor.required',
        'Enter the current code of your authenticator app, or a recovery code, in the field `code`.',
        { field: 'code' },
        { kind: 'unauthenticated' },
      );
    await this.secondFactors.verifyCode(userId, code);
    return { userId, hasSecondFactor: true };
  }

  /**
   * Confirms for ten minutes that the person of a session is there.
   * @throws DomainError `confirmation.wrong`, `credentials.too-many`,
   *   `second-factor.too-many`.
   */
  async confirm({ id, user }: Session, proof: ConfirmationProof): Promise<void> {
    try {
      if ('password' in proof) await this.userOf(user.email, proof.password);
      else if ('code' in proof) await this.secondFactors.verifyCode(user.id, proof.code);
      else await this.passkeys.verify('confirmation', user.id, proof.passkey);
    } catch (error) {
      throw error instanceof DomainError && error.kind === 'unauthenticated' ? confirmationWrong(error) : error;
    }
    await this.sessions.confirm(id);
  }

  /** The person of a right password. */
  private async userOf(email: string, password: string): Promise<UserId> {
    const address = normalised(email);
    await this.attempts.count(address, PASSWORD_ATTEMPTS);
    const account = await this.accountOf(address);
    if (!(await passwordMatches(account?.hash ?? null, password)) || account === undefined)
      throw new DomainError(
        'credentials.wrong',
        'The e-mail address or the password is wrong. Try again, or request a new password.',
        {},
        { kind: 'unauthenticated' },
      );
    await this.attempts.clear(address);
    return account.id;
  }

  private async accountOf(address: string): Promise<{ id: UserId; hash: string | null } | undefined> {
    const [account] = await this.database.inTransaction(SIGN_IN, () =>
      this.database.query<{ id: UserId; hash: string | null }>(
        'SELECT id, password_hash AS hash FROM identity.user_account WHERE lower(email) = $1',
        [address],
      ),
    );
    return account;
  }
}

const normalised = (email: string): string => email.trim().toLowerCase();

/** Not 401: the session itself is still valid. */
const confirmationWrong = (cause: DomainError): DomainError =>
  new DomainError(
    'confirmation.wrong',
    'This did not confirm that it is you: the password, code or passkey was not accepted. Try again.',
    {},
    { kind: 'forbidden', cause },
  );
