import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { PasskeyAttestation } from '#contracts';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { type Actor, notFound, type SystemActor, systemActor, type UserId } from '#kernel';
import { hashNewPassword } from '../passwords.js';
import type { User } from '../principal.js';
import type { Session } from '../session.js';
import { Sessions } from '../sessions.service.js';
import { type SecurityChange, securityChangeMail } from '../system-mail-text.js';
import { SystemMail } from '../system-mail.service.js';
import { type Passkey, type PasskeyId, Passkeys } from './passkeys.service.js';
import { RecoveryCodes } from './recovery-codes.service.js';
import { SecondFactors } from './second-factors.service.js';

const ACCOUNTS = systemActor('accounts');

/**
 * What a person changes about their own sign-in. Each change is in the audit
 * log of the session's organisation, and the person gets an e-mail.
 */
@Injectable()
export class AccountSecurity {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly mail: SystemMail,
    private readonly sessions: Sessions,
    private readonly passkeys: Passkeys,
    private readonly secondFactors: SecondFactors,
    private readonly recovery: RecoveryCodes,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** @throws DomainError as `Passkeys.register`. */
  async addPasskey(session: Session, name: string, attestation: PasskeyAttestation): Promise<Passkey> {
    return this.passkeys.register(session.user, { name, attestation }, async () => {
      await this.sessions.addSecondFactor(session.id);
      await this.report(session, 'passkey.added', { name });
    });
  }

  /** @throws DomainError `passkey.not-found`. */
  async removePasskey(session: Session, id: PasskeyId): Promise<void> {
    await this.database.inTransaction(ACCOUNTS, async () => {
      const name = await this.passkeys.remove(session.user.id, id);
      await this.report(session, 'passkey.removed', { name });
    });
  }

  /**
   * Turns on the authenticator app by its first code.
   * @returns recovery codes, shown once.
   * @throws DomainError `totp.code-wrong`, `totp.not-found`.
   */
  async turnOnTotp(session: Session, code: string): Promise<string[]> {
    return this.database.inTransaction(ACCOUNTS, async () => {
      const codes = await this.secondFactors.turnOn(session.user.id, code);
      await this.sessions.addSecondFactor(session.id);
      await this.report(session, 'totp.turned-on', {});
      return codes;
    });
  }

  /** @throws DomainError `totp.not-found`. */
  async turnOffTotp(session: Session): Promise<void> {
    await this.database.inTransaction(ACCOUNTS, async () => {
      if (!(await this.secondFactors.turnOff(session.user.id))) throw notFound('totp', session.user.id);
      await this.report(session, 'totp.turned-off', {});
    });
  }

  /**
   * Replaces the recovery codes of a person with an authenticator app.
   * @throws DomainError `totp.not-found`.
   */
  async renewRecoveryCodes(session: Session): Promise<string[]> {
    const { totpSince } = await this.secondFactors.state(session.user.id);
    if (totpSince === null) throw notFound('totp', session.user.id);
    return this.database.inTransaction(ACCOUNTS, async () => {
      const codes = await this.recovery.renew(session.user.id);
      await this.report(session, 'recovery-codes.renewed', {});
      return codes;
    });
  }

  /**
   * Sets a new password. Every other session of the person ends, and every
   * open link.
   * @throws DomainError as `hashNewPassword`.
   */
  async changePassword(session: Session, password: string): Promise<void> {
    const { user, organisations } = session;
    const hash = await hashNewPassword(password, {
      name: user.name,
      email: user.email,
      organisationNames: organisations.map(({ name }) => name),
    });
    await this.database.inTransaction(ACCOUNTS, async () => {
      await this.database.query('UPDATE identity.user_account SET password_hash = $2 WHERE id = $1', [user.id, hash]);
      await this.sessions.endAll(user.id, session.id);
      await this.report(session, 'password.changed', {});
    });
  }

  /**
   * For operators: removes every second factor and passkey of a person who has
   * lost them, and ends all sessions and links. The password stays.
   * @throws DomainError `user.not-found`.
   */
  async reset(actor: SystemActor, email: string): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const [user] = await this.database.query<User>(
        'SELECT id, email, name, locale FROM identity.user_account WHERE lower(email) = lower($1)',
        [email.trim()],
      );
      if (user === undefined) throw notFound('user', email);
      await this.secondFactors.turnOff(user.id);
      await this.database.query('DELETE FROM identity.passkey WHERE user_id = $1', [user.id]);
      await this.sessions.endAll(user.id);
      await this.record(actor, user.id, 'second-factor.reset', {});
      await this.notify(user, 'second-factor.reset');
    });
  }

  /** Records and mails a change, in the open transaction. */
  private async report(
    { user, actor }: Session,
    change: SecurityChange,
    details: Readonly<Record<string, string>>,
  ): Promise<void> {
    await this.record(actor ?? ACCOUNTS, user.id, change, details);
    await this.notify(user, change);
  }

  private record(
    actor: Actor,
    userId: UserId,
    action: SecurityChange,
    details: Readonly<Record<string, string>>,
  ): Promise<void> {
    return this.audit.record(actor, { action, subject: { kind: 'user', id: userId }, details });
  }

  /** A change that the person did not make must not stay unknown to them. */
  private notify(user: User, change: SecurityChange): Promise<void> {
    return this.mail.post(securityChangeMail(user, `${this.config.PUBLIC_URL}/security`, change));
  }
}
