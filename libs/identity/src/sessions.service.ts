import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import {
  type Actor,
  Clock,
  DomainError,
  notFound,
  type OrganisationId,
  SystemClock,
  systemActor,
  type UserId,
} from '#kernel';
import { passwordMatches } from './passwords.js';
import { actorOf, type OrganisationRef, type User } from './principal.js';
import { newToken, tokenHash } from './tokens.js';

const SIGN_IN = systemActor('sign-in');
const IDLE_MS = 7 * 86_400_000;
const LIFETIME_MS = 30 * 86_400_000;
const FAILURES_ALLOWED = 10;
const FAILURE_WINDOW_MS = 15 * 60_000;
/** "Last seen" may be this old, so that not every request needs a write. */
const SEEN_STEP_MS = 5 * 60_000;

/**
 * A signed-in user, the organisation, and everything that the browser needs.
 */
export interface Session {
  readonly user: User;
  readonly organisations: readonly OrganisationRef[];
  readonly organisation: OrganisationRef | null;
  readonly actor: Actor | null;
  readonly csrfToken: string;
}

export interface OpenedSession {
  /** For the cookie; never stored. */
  readonly token: string;
  readonly session: Session;
}

interface SessionRow {
  readonly userId: UserId;
  readonly organisationId: OrganisationId | null;
  readonly csrfToken: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
}

/**
 * Signing in and sessions.
 * Session times use the machine's clock, so that a test clock signs no user
 * out.
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly machine: SystemClock,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `credentials.wrong` for a wrong password and an unknown
   *   address, in the same time; `credentials.too-many` after ten failures
   *   within 15 minutes.
   */
  async signIn(email: string, password: string): Promise<OpenedSession> {
    const address = email.trim().toLowerCase();
    await this.countAttempt(address);
    const [account] = await this.database.inTransaction(SIGN_IN, () =>
      this.database.query<{ id: UserId; hash: string | null }>(
        'SELECT id, password_hash AS hash FROM identity.user_account WHERE lower(email) = $1',
        [address],
      ),
    );
    if (!(await passwordMatches(account?.hash ?? null, password)) || account === undefined) {
      throw new DomainError(
        'credentials.wrong',
        'The e-mail address or the password is wrong. Try again, or request a new password.',
        {},
        { kind: 'unauthenticated' },
      );
    }
    await this.database.inTransaction(SIGN_IN, () =>
      this.database.query('DELETE FROM identity.sign_in_failure WHERE address_hash = $1', [tokenHash(address)]),
    );
    return this.open(account.id, null);
  }

  /**
   * Opens a session for an authenticated user; by default in the first
   * organisation.
   */
  async open(userId: UserId, organisationId: OrganisationId | null): Promise<OpenedSession> {
    const token = newToken();
    const now = this.machine.now();
    await this.database.inTransaction(SIGN_IN, async () => {
      const [first] = await this.database.query<{ id: OrganisationId }>(
        'SELECT organisation_id AS id FROM identity.assignment WHERE user_id = $1 ORDER BY created_at LIMIT 1',
        [userId],
      );
      await this.database.query(
        'INSERT INTO identity.session (token_hash, user_id, organisation_id, csrf_token, created_at, seen_at) VALUES ($1, $2, $3, $4, $5, $5)',
        [tokenHash(token), userId, organisationId ?? first?.id ?? null, newToken(), now],
      );
    });
    const session = await this.resolve(token);
    if (session === null) throw new Error('The session just opened cannot be found.');
    return { token, session };
  }

  /**
   * The session of a cookie, or null.
   * Assignments are read each time. A user who lost the session's organisation
   * must sign in again. If it was the only one, the session stays, without an
   * actor.
   */
  async resolve(token: string): Promise<Session | null> {
    const now = this.machine.now();
    return this.database.inTransaction(SIGN_IN, async () => {
      const [row] = await this.database.query<SessionRow>(
        `SELECT s.user_id, s.organisation_id, s.csrf_token, s.created_at, s.seen_at, u.email, u.name, u.locale
         FROM identity.session s JOIN identity.user_account u ON u.id = s.user_id WHERE s.token_hash = $1`,
        [tokenHash(token)],
      );
      if (row === undefined) return null;
      if (now.getTime() - row.seenAt.getTime() > IDLE_MS || now.getTime() - row.createdAt.getTime() > LIFETIME_MS) {
        await this.database.query('DELETE FROM identity.session WHERE token_hash = $1', [tokenHash(token)]);
        return null;
      }
      if (now.getTime() - row.seenAt.getTime() > SEEN_STEP_MS)
        await this.database.query('UPDATE identity.session SET seen_at = $2 WHERE token_hash = $1', [
          tokenHash(token),
          now,
        ]);
      const organisations = await this.organisationsOf(row.userId);
      // A user who lost the session's organisation and has another one must
      // sign in again. Otherwise data of the new organisation would appear in
      // the old one's screens.
      if (
        organisations.length > 0 &&
        row.organisationId !== null &&
        !organisations.some(({ id }) => id === row.organisationId)
      ) {
        await this.database.query('DELETE FROM identity.session WHERE token_hash = $1', [tokenHash(token)]);
        return null;
      }
      return sessionOf(row, organisations);
    });
  }

  /**
   * A new session of the same user in another organisation; the old one ends.
   * @throws DomainError `organisation.not-found`.
   */
  async switch(token: string, organisationId: OrganisationId): Promise<OpenedSession> {
    const session = await this.resolve(token);
    if (session?.organisations.every(({ id }) => id !== organisationId) ?? true)
      throw notFound('organisation', organisationId);
    await this.close(token);
    if (session === null) throw notFound('organisation', organisationId);
    return this.open(session.user.id, organisationId);
  }

  async close(token: string): Promise<void> {
    await this.database.inTransaction(SIGN_IN, () =>
      this.database.query('DELETE FROM identity.session WHERE token_hash = $1', [tokenHash(token)]),
    );
  }

  /**
   * Ends all sessions of a user with a new password, in the caller's
   * transaction. Deletes the count of failures, so that the user can sign in
   * at once.
   */
  async closeAllOf(userId: UserId): Promise<void> {
    const [account] = await this.database.query<{ email: string }>(
      'WITH closed AS (DELETE FROM identity.session WHERE user_id = $1) SELECT email FROM identity.user_account WHERE id = $1',
      [userId],
    );
    if (account === undefined) return;
    await this.database.query('DELETE FROM identity.sign_in_failure WHERE address_hash = $1', [
      tokenHash(account.email.toLowerCase()),
    ]);
  }

  private async organisationsOf(userId: UserId): Promise<OrganisationRef[]> {
    return this.database.query<OrganisationRef>(
      `SELECT o.id, o.kind, o.name, a.role FROM identity.assignment a
         JOIN organisations.organisation_view o ON o.id = a.organisation_id WHERE a.user_id = $1
         ORDER BY a.created_at`,
      [userId],
    );
  }

  /**
   * Counts an attempt as a failure before its password is compared, so that
   * parallel guesses count, too. A success deletes the count.
   * @throws DomainError `credentials.too-many`.
   */
  private async countAttempt(address: string): Promise<void> {
    const now = this.clock.now();
    const [attempt] = await this.database.inTransaction(SIGN_IN, () =>
      this.database.query<{ failures: number }>(
        `INSERT INTO identity.sign_in_failure AS f (address_hash, failures, window_started_at) VALUES ($1, 1, $2)
         ON CONFLICT (address_hash) DO UPDATE SET
           failures = CASE WHEN f.window_started_at < $3 THEN 1 ELSE least(f.failures + 1, $4) END,
           window_started_at = CASE WHEN f.window_started_at < $3 THEN $2 ELSE f.window_started_at END
         RETURNING failures`,
        [tokenHash(address), now, new Date(now.getTime() - FAILURE_WINDOW_MS), FAILURES_ALLOWED + 1],
      ),
    );
    if ((attempt?.failures ?? 0) <= FAILURES_ALLOWED) return;
    throw new DomainError(
      'credentials.too-many',
      'Too many wrong passwords for this address. Wait 15 minutes, or request a new password.',
      {},
      { kind: 'too-many' },
    );
  }
}

function sessionOf(row: SessionRow, organisations: readonly OrganisationRef[]): Session {
  const organisation = organisations.find(({ id }) => id === row.organisationId) ?? organisations[0] ?? null;
  return {
    user: { id: row.userId, email: row.email, name: row.name, locale: row.locale },
    organisations,
    organisation,
    actor: organisation === null ? null : actorOf(organisation, { userId: row.userId, apiKeyId: null, name: row.name }),
    csrfToken: row.csrfToken,
  };
}
