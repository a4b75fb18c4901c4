import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import {
  type Actor,
  type Id,
  newId,
  notFound,
  type OrganisationId,
  SystemClock,
  systemActor,
  type UserId,
} from '#kernel';
import { actorOf, type OrganisationRef, type User } from './principal.js';
import { Attempts } from './sign-in/attempts.service.js';
import { newToken, tokenHash } from './tokens.js';

export type SessionId = Id<'session'>;

const SIGN_IN = systemActor('sign-in');
export const IDLE_MS = 7 * 86_400_000;
export const LIFETIME_MS = 30 * 86_400_000;
/** "Last seen" may be this old, so that not every request needs a write. */
const SEEN_STEP_MS = 5 * 60_000;
const USER_AGENT_CHARS = 300;
/** How long a confirmation holds, in milliseconds. */
const CONFIRMATION_MS = 10 * 60_000;

/**
 * A signed-in user, the organisation, and everything that the browser needs.
 */
export interface Session {
  readonly id: SessionId;
  readonly user: User;
  readonly organisations: readonly OrganisationRef[];
  readonly organisation: OrganisationRef | null;
  readonly actor: Actor | null;
  readonly csrfToken: string;
  /** The person proved a code or a passkey. */
  readonly hasSecondFactor: boolean;
  /** The organisation asks for a second factor, and this session has none. */
  readonly lacksSecondFactor: boolean;
  /** Proved within ten minutes that the person is there. */
  readonly isConfirmed: boolean;
}

/** How a person proved to be themselves, and with which browser. */
export interface SignInProof {
  readonly hasSecondFactor: boolean;
  readonly userAgent: string;
}

/** A session in the list of its person. */
export interface ListedSession {
  readonly id: SessionId;
  readonly userAgent: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
}

export interface OpenedSession {
  /** For the cookie; never stored. */
  readonly token: string;
  readonly session: Session;
}

interface SessionRow {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly organisationId: OrganisationId | null;
  readonly csrfToken: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly userAgent: string;
  readonly hasSecondFactor: boolean;
  readonly confirmedAt: Date;
  readonly isSecondFactorRequired: boolean;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
}

/**
 * Sessions of signed-in people.
 * Session times use the machine's clock, so that a test clock signs no user
 * out.
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly machine: SystemClock,
    private readonly attempts: Attempts,
  ) {}

  /**
   * Opens a session for an authenticated user; by default in the first
   * organisation.
   */
  async open(userId: UserId, organisationId: OrganisationId | null, proof: SignInProof): Promise<OpenedSession> {
    const token = newToken();
    const now = this.machine.now();
    await this.database.inTransaction(SIGN_IN, async () => {
      const [first] = await this.database.query<{ id: OrganisationId }>(
        'SELECT organisation_id AS id FROM identity.assignment WHERE user_id = $1 ORDER BY created_at LIMIT 1',
        [userId],
      );
      await this.database.query(
        `INSERT INTO identity.session (id, token_hash, user_id, organisation_id, csrf_token, created_at, seen_at, confirmed_at, user_agent, has_second_factor)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $6, $7, $8)`,
        [
          newId<SessionId>(),
          tokenHash(token),
          userId,
          organisationId ?? first?.id ?? null,
          newToken(),
          now,
          proof.userAgent.slice(0, USER_AGENT_CHARS),
          proof.hasSecondFactor,
        ],
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
        `SELECT s.id, s.user_id, s.organisation_id, s.csrf_token, s.created_at, s.seen_at, s.user_agent, s.has_second_factor, s.confirmed_at,
           coalesce(p.second_factor_required, false) AS is_second_factor_required, u.email, u.name, u.locale
         FROM identity.session s JOIN identity.user_account u ON u.id = s.user_id
           LEFT JOIN identity.sign_in_policy p ON p.organisation_id = s.organisation_id WHERE s.token_hash = $1`,
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
      return sessionOf(row, organisations, now);
    });
  }

  /**
   * Moves the session to another organisation of its user: with new tokens, and
   * otherwise as it was.
   * @throws DomainError `organisation.not-found`.
   */
  async switch(token: string, organisationId: OrganisationId): Promise<OpenedSession> {
    const session = await this.resolve(token);
    if (session?.organisations.every(({ id }) => id !== organisationId) ?? true)
      throw notFound('organisation', organisationId);
    const renewed = newToken();
    await this.database.inTransaction(SIGN_IN, () =>
      this.database.query(
        'UPDATE identity.session SET token_hash = $2, csrf_token = $3, organisation_id = $4 WHERE token_hash = $1',
        [tokenHash(token), tokenHash(renewed), newToken(), organisationId],
      ),
    );
    const switched = await this.resolve(renewed);
    if (switched === null) throw notFound('organisation', organisationId);
    return { token: renewed, session: switched };
  }

  /** Open sessions of a user, the last seen first. */
  async list(userId: UserId): Promise<ListedSession[]> {
    const now = this.machine.now().getTime();
    return this.database.inTransaction(SIGN_IN, () =>
      this.database.query<ListedSession>(
        `SELECT id, user_agent, created_at, seen_at FROM identity.session
         WHERE user_id = $1 AND seen_at > $2 AND created_at > $3 ORDER BY seen_at DESC, id`,
        [userId, new Date(now - IDLE_MS), new Date(now - LIFETIME_MS)],
      ),
    );
  }

  /**
   * Ends one session of the user.
   * @throws DomainError `session.not-found`.
   */
  async end(userId: UserId, id: SessionId): Promise<void> {
    const ended = await this.database.inTransaction(SIGN_IN, () =>
      this.database.query('DELETE FROM identity.session WHERE id = $1 AND user_id = $2 RETURNING id', [id, userId]),
    );
    if (ended.length === 0) throw notFound('session', id);
  }

  /** Ends the user's sessions but one. Joins the open transaction. */
  async endOthers(userId: UserId, kept: SessionId): Promise<void> {
    await this.database.query('DELETE FROM identity.session WHERE user_id = $1 AND id <> $2', [userId, kept]);
  }

  /** Ends every session of the user. */
  async endAll(userId: UserId): Promise<void> {
    await this.database.inTransaction(SIGN_IN, () =>
      this.database.query('DELETE FROM identity.session WHERE user_id = $1', [userId]),
    );
  }

  /** The person has proved to be there: holds for ten minutes. */
  async confirm(id: SessionId): Promise<void> {
    await this.database.inTransaction(SIGN_IN, () =>
      this.database.query('UPDATE identity.session SET confirmed_at = $2 WHERE id = $1', [id, this.machine.now()]),
    );
  }

  /** The person has set up and proved a second factor in this session. */
  async addSecondFactor(id: SessionId): Promise<void> {
    await this.database.inTransaction(SIGN_IN, () =>
      this.database.query('UPDATE identity.session SET has_second_factor = true WHERE id = $1', [id]),
    );
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
    await this.attempts.clear(account.email.toLowerCase());
  }

  private async organisationsOf(userId: UserId): Promise<OrganisationRef[]> {
    return this.database.query<OrganisationRef>(
      `SELECT o.id, o.kind, o.name, a.role FROM identity.assignment a
         JOIN organisations.organisation_view o ON o.id = a.organisation_id WHERE a.user_id = $1
         ORDER BY a.created_at`,
      [userId],
    );
  }
}

function sessionOf(row: SessionRow, organisations: readonly OrganisationRef[], now: Date): Session {
  const organisation = organisations.find(({ id }) => id === row.organisationId) ?? organisations[0] ?? null;
  return {
    id: row.id,
    user: { id: row.userId, email: row.email, name: row.name, locale: row.locale },
    organisations,
    organisation,
    actor: organisation === null ? null : actorOf(organisation, { userId: row.userId, apiKeyId: null, name: row.name }),
    csrfToken: row.csrfToken,
    hasSecondFactor: row.hasSecondFactor,
    lacksSecondFactor: row.isSecondFactorRequired && !row.hasSecondFactor,
    isConfirmed: now.getTime() - row.confirmedAt.getTime() < CONFIRMATION_MS,
  };
}
