import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Jobs } from '#jobs';
import { Clock, DomainError, type Id, newId, systemActor, type UserId } from '#kernel';
import { START_PASSWORD_RESET } from './identity.jobs.js';
import { hashNewPassword, type PasswordOwner } from './passwords.js';
import type { User } from './principal.js';
import { Sessions } from './sessions.service.js';
import { passwordResetMail } from './system-mail-text.js';
import { SystemMail } from './system-mail.service.js';
import { newToken, tokenHash } from './tokens.js';

type RequestId = Id<'password-reset-request'>;

const ACCOUNTS = systemActor('accounts');
const VALID_MS = 3_600_000;
/** E-mails to one account within the validity of a link. */
const MAX_MAILS = 3;

/** Password resets by mail: request, look-up in the background, one use. */
@Injectable()
export class PasswordResets {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly mail: SystemMail,
    private readonly sessions: Sessions,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Stores the request without a look-up.
   * Neither the answer nor its time reveals whether the account exists.
   */
  async request(email: string): Promise<void> {
    const id = newId<RequestId>();
    await this.database.inTransaction(ACCOUNTS, async () => {
      await this.database.query(
        'INSERT INTO identity.password_reset_request (id, email, requested_at) VALUES ($1, $2, $3)',
        [id, email.trim(), this.clock.now()],
      );
      await this.jobs.enqueue(START_PASSWORD_RESET, { requestId: id });
    });
  }

  /**
   * Mails the link once, if the account exists; it is valid for an hour from
   * then, and earlier links end. The fourth mail within an hour is not sent, nor
   * the sixth within a day: everyone can request one for any address.
   */
  async start(requestId: string): Promise<void> {
    await this.database.inTransaction(ACCOUNTS, async () => {
      const [user] = await this.database.query<User>(
        `WITH request AS (DELETE FROM identity.password_reset_request WHERE id = $1 RETURNING email)
         SELECT u.id, u.email, u.name, u.locale FROM identity.user_account u JOIN request r ON lower(u.email) = lower(r.email)`,
        [requestId],
      );
      if (user === undefined) return;
      const now = this.clock.now();
      const earlier = await this.database.query(
        `WITH expired AS (DELETE FROM identity.password_reset WHERE user_id = $1 AND expires_at <= $2),
           locked AS (SELECT id FROM identity.user_account WHERE id = $1 FOR UPDATE)
         SELECT 1 FROM identity.password_reset r, locked WHERE r.user_id = locked.id AND r.expires_at > $2`,
        [user.id, now],
      );
      if (earlier.length >= MAX_MAILS) return;
      await this.database.query(
        'UPDATE identity.password_reset SET used_at = $2 WHERE user_id = $1 AND used_at IS NULL',
        [user.id, now],
      );
      const token = newToken();
      await this.database.query(
        'INSERT INTO identity.password_reset (token_hash, user_id, expires_at) VALUES ($1, $2, $3)',
        [tokenHash(token), user.id, new Date(now.getTime() + VALID_MS)],
      );
      const letter = passwordResetMail(user, `${this.config.PUBLIC_URL}/password/${token}`);
      await this.mail.postWithinLimit('password-reset', letter);
    });
  }

  /**
   * Sets a new password once; every session, and every other link of the user
   * to a password or an address ends.
   * @throws DomainError `password-reset.gone`.
   */
  async finish(token: string, password: string): Promise<void> {
    const hash = await hashNewPassword(password, await this.ownerOf(token));
    await this.database.inTransaction(ACCOUNTS, async () => {
      const [reset] = await this.database.query<{ userId: UserId }>(
        'UPDATE identity.password_reset SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING user_id',
        [tokenHash(token), this.clock.now()],
      );
      if (reset === undefined) throw linkGone();
      await this.database.query('UPDATE identity.user_account SET password_hash = $2 WHERE id = $1', [
        reset.userId,
        hash,
      ]);
      await this.sessions.endAfterReset(reset.userId);
      await this.audit.record(ACCOUNTS, { action: 'password.changed', subject: { kind: 'user', id: reset.userId } });
    });
  }

  /**
   * The person of an open link. An unknown link costs no check of a password.
   */
  private async ownerOf(token: string): Promise<PasswordOwner> {
    const [owner] = await this.database.inTransaction(ACCOUNTS, () =>
      this.database.query<PasswordOwner>(
        `SELECT u.name, u.email, ARRAY (SELECT o.name FROM identity.assignment a
             JOIN organisations.organisation_view o ON o.id = a.organisation_id WHERE a.user_id = u.id) AS organisation_names
         FROM identity.password_reset r JOIN identity.user_account u ON u.id = r.user_id
         WHERE r.token_hash = $1 AND r.used_at IS NULL AND r.expires_at > $2`,
        [tokenHash(token), this.clock.now()],
      ),
    );
    if (owner === undefined) throw linkGone();
    return owner;
  }
}

const linkGone = (): DomainError =>
  new DomainError('password-reset.gone', 'This link was used or has expired. Request a new one.', {}, { kind: 'gone' });
