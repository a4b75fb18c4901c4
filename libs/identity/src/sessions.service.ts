import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { newId, notFound, type OrganisationId, SystemClock, systemActor, type UserId } from '#kernel';
import type { OrganisationRef } from './principal.js';
import {
  type JoinedOrganisation,
  type ListedSession,
  type OpenedSession,
  type Session,
  type SessionId,
  sessionOf,
  type SessionRow,
  type SignInProof,
} from './session.js';
import { Attempts } from './sign-in/attempts.service.js';
import { OpenLinks } from './sign-in/open-links.service.js';
import { newToken, tokenHash } from './tokens.js';

const SIGN_IN = systemActor('sign-in');
export const IDLE_MS = 7 * 86_400_000;
export const LIFETIME_MS = 30 * 86_400_000;
/** "Last seen" may be this old, so that not every request needs a write. */
const SEEN_STEP_MS = 5 * 60_000;
const USER_AGENT_CHARS = 300;
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
    private readonly links: OpenLinks,
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
      await this.database.query(
        'UPDATE identity.assignment SET last_signed_in_at = $3 WHERE user_id = $1 AND organisation_id = $2',
        [userId, organisationId ?? first?.id ?? null, now],
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
           u.email, u.name, u.locale, u.region, u.week_starts_on
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
      const organisationId = row.organisationId ?? (await this.enterFirst(row.id, organisations));
      return sessionOf(row, organisations.find(({ id }) => id === organisationId) ?? null, organisations, now);
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
   * Ends one session of the user, and all open links, because that session may
   * have requested them.
   * @throws DomainError `session.not-found`.
   */
  async end(userId: UserId, id: SessionId): Promise<void> {
    await this.database.inTransaction(SIGN_IN, async () => {
      const ended = await this.database.query(
        'DELETE FROM identity.session WHERE id = $1 AND user_id = $2 RETURNING id',
        [id, userId],
      );
      if (ended.length === 0) throw notFound('session', id);
      await this.links.endAll(userId);
    });
  }

  /**
   * Ends the user's sessions, links and challenges.
   * @param kept a session that stays; null: none.
   */
  async endAll(userId: UserId, kept: SessionId | null = null): Promise<void> {
    await this.database.inTransaction(SIGN_IN, async () => {
      await this.database.query('DELETE FROM identity.session WHERE user_id = $1 AND id IS DISTINCT FROM $2', [
        userId,
        kept,
      ]);
      await this.links.endAll(userId);
    });
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
   * Ends all access of a user with a new password, in the caller's
   * transaction. Deletes the count of failures, so that the user can sign in
   * at once.
   */
  async endAfterReset(userId: UserId): Promise<void> {
    await this.endAll(userId);
    const [account] = await this.database.query<{ email: string }>(
      'SELECT email FROM identity.user_account WHERE id = $1',
      [userId],
    );
    if (account === undefined) return;
    await this.attempts.clear(account.email.toLowerCase());
  }

  /**
   * A session that was opened without an organisation enters the first one that
   * its person has joined since, and stays in it.
   */
  private async enterFirst(id: SessionId, [first]: readonly OrganisationRef[]): Promise<OrganisationId | null> {
    if (first === undefined) return null;
    await this.database.query('UPDATE identity.session SET organisation_id = $2 WHERE id = $1', [id, first.id]);
    return first.id;
  }

  private async organisationsOf(userId: UserId): Promise<JoinedOrganisation[]> {
    return this.database.query<JoinedOrganisation>(
      `SELECT o.id, o.kind, o.name, o.country_code, o.languages, o.is_sample, a.role, coalesce(p.second_factor_required, false) AS is_second_factor_required
         FROM identity.assignment a JOIN organisations.organisation_view o ON o.id = a.organisation_id
         LEFT JOIN identity.sign_in_policy p ON p.organisation_id = a.organisation_id WHERE a.user_id = $1
         ORDER BY a.created_at`,
      [userId],
    );
  }
}
