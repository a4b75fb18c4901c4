import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CONFIG, type Config } from '#config';
import { Database, unlessTaken } from '#database';
import { Clock, DomainError, systemActor, type UserId } from '#kernel';
import type { User } from '../principal.js';
import type { Session } from '../session.js';
import { emailChangeMail, securityChangeMail } from '../system-mail-text.js';
import { SystemMail } from '../system-mail.service.js';
import { newToken, tokenHash } from '../tokens.js';
import { OpenLinks } from './open-links.service.js';

const ACCOUNTS = systemActor('accounts');
const VALID_MS = 3_600_000;
/** E-mails of one person within the validity of a link. */
const MAX_MAILS = 3;

/** Changes of a person's e-mail address, proved by a link to the new one. */
@Injectable()
export class EmailChanges {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly mail: SystemMail,
    private readonly links: OpenLinks,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Mails a link to the new address, valid for an hour. For an address of
   * another account nothing is mailed, nor for one that got too many such links
   * in a day. The answer is the same.
   * @throws DomainError `email-change.too-many` for the fourth within an hour.
   */
  async request({ user }: Session, email: string): Promise<void> {
    const now = this.clock.now();
    await this.database.inTransaction(ACCOUNTS, async () => {
      // Locks the person: parallel requests must not pass the limit.
      await this.database.query('SELECT id FROM identity.user_account WHERE id = $1 FOR UPDATE', [user.id]);
      const open = await this.database.query(
        'SELECT 1 FROM identity.email_change WHERE user_id = $1 AND expires_at > $2',
        [user.id, now],
      );
      if (open.length >= MAX_MAILS)
        throw new DomainError(
          'email-change.too-many',
          'Three links were mailed within the last hour. Open one of them, or wait an hour.',
          {},
          { kind: 'too-many' },
        );
      const token = newToken();
      await this.database.query(
        'INSERT INTO identity.email_change (token_hash, user_id, email, expires_at) VALUES ($1, $2, $3, $4)',
        [tokenHash(token), user.id, email, new Date(now.getTime() + VALID_MS)],
      );
      if (await this.isTaken(email)) return;
      const letter = emailChangeMail(
        { email, name: user.name, locale: user.locale },
        `${this.config.PUBLIC_URL}/email/${token}`,
      );
      await this.mail.postWithinLimit('email-change', letter);
    });
  }

  /**
   * Changes the address once. Other links to new addresses and passwords end,
   * and the old address gets an e-mail.
   * @throws DomainError `email-change.gone`.
   */
  async finish(token: string): Promise<void> {
    await this.database.inTransaction(ACCOUNTS, async () => {
      const [change] = await this.database.query<{ userId: UserId; email: string }>(
        'DELETE FROM identity.email_change WHERE token_hash = $1 AND expires_at > $2 RETURNING user_id, email',
        [tokenHash(token), this.clock.now()],
      );
      if (change === undefined || (await this.isTaken(change.email))) throw linkGone();
      const { userId, email } = change;
      const [before] = await this.database.query<User>(
        'SELECT id, email, name, locale FROM identity.user_account WHERE id = $1 FOR UPDATE',
        [userId],
      );
      if (before === undefined) throw linkGone();
      await this.setEmail(userId, email);
      await this.links.endAll(userId);
      await this.audit.record(ACCOUNTS, { action: 'email.changed', subject: { kind: 'user', id: userId } });
      const url = `${this.config.PUBLIC_URL}/security`;
      await this.mail.post(securityChangeMail(before, url, 'email.changed'));
    });
  }

  /** The unique index decides between two who confirm one address at once. */
  private async setEmail(userId: UserId, email: string): Promise<void> {
    await unlessTaken(
      () => this.database.query('UPDATE identity.user_account SET email = $2 WHERE id = $1', [userId, email]),
      linkGone,
    );
  }

  private async isTaken(email: string): Promise<boolean> {
    const found = await this.database.query('SELECT 1 FROM identity.user_account WHERE lower(email) = lower($1)', [
      email,
    ]);
    return found.length > 0;
  }
}

const linkGone = (cause?: unknown): DomainError =>
  new DomainError(
    'email-change.gone',
    'This link was used or has expired. Request a new one under Sign-in and security.',
    {},
    { kind: 'gone', cause },
  );
