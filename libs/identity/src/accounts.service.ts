import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { CONFIG, type Config } from '#config';
import type { NotificationDelivery, NotificationKind, ReaderPlace } from '#contracts';
import { Database } from '#database';
import {
  type Actor,
  Clock,
  DomainError,
  type InvitationId,
  newId,
  notFound,
  type OrganisationId,
  type PartnerId,
  type SystemActor,
  systemActor,
  type UserId,
  type VendorActor,
} from '#kernel';
import { MembershipInvitations, Memberships } from '#organisations';
import { ApiKeys } from './api-keys.service.js';
import { ChannelManagers } from './channel-managers.service.js';
import { claimInvitation } from './claim-invitation.js';
import { hashNewPassword } from './passwords.js';
import { requirePersonName } from './person-name.js';
import type { Role, User } from './principal.js';
import type { InvitationView } from './invitation-view.js';
import { newToken, tokenHash } from './tokens.js';

const ACCOUNTS = systemActor('accounts');
const INVITATION_MS = 14 * 86_400_000;

/** What a person has chosen of a kind; null: nothing. */
export interface NotificationChoice {
  readonly delivery: NotificationDelivery | null;
  readonly inApp: boolean | null;
}

/** Kinds without a choice are absent. */
type NotificationChoices = Readonly<Partial<Record<NotificationKind, NotificationChoice>>>;

export interface TeamMember extends User, ReaderPlace {
  readonly organisationId: OrganisationId;
  readonly role: Role;
  readonly notifications: NotificationChoices;
  /** Their own, or that of the organisation. */
  readonly timeZone: string;
  readonly since: Date;
}

/** A person of a partner, for its vendor. */
interface PersonOfPartner {
  readonly name: string;
  readonly role: Role;
  readonly lastSignedInAt: Date | null;
}

/** People, what they were invited to, and their passwords. */
@Injectable()
export class Accounts {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly apiKeys: ApiKeys,
    private readonly memberships: Memberships,
    private readonly membershipInvitations: MembershipInvitations,
    private readonly managers: ChannelManagers,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Stores an invitation in the open transaction.
   * @param actor a vendor's for a partner's first user; the vendor may then
   *   withdraw it.
   * @returns the link to send.
   */
  async invite(
    actor: Actor,
    input: { organisationId: OrganisationId; email: string; locale: string; role: Role; invitedBy: string },
  ): Promise<{ id: InvitationId; url: string }> {
    const token = newToken();
    const now = this.clock.now();
    const id = newId<InvitationId>();
    const isOfVendor = actor.kind === 'vendor' && input.organisationId !== actor.vendorId;
    await this.database.query(
      `INSERT INTO identity.invitation (id, token_hash, organisation_id, email, role, invited_by, created_at, expires_at, vendor_id, sent_by, locale)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        id,
        tokenHash(token),
        input.organisationId,
        input.email.trim(),
        input.role,
        input.invitedBy,
        now,
        new Date(now.getTime() + INVITATION_MS),
        isOfVendor ? actor.vendorId : null,
        actor.name,
        input.locale,
      ],
    );
    await this.audit.record(actor, {
      action: 'person.invited',
      subject: { kind: 'invitation', id },
      details: { role: input.role, organisationId: input.organisationId },
    });
    return { id, url: `${this.config.PUBLIC_URL}/invitation/${token}` };
  }

  /**
   * @throws DomainError `invitation.gone` when it is unknown, used or expired;
   *   the error does not say which.
   */
  async invitation(token: string): Promise<InvitationView> {
    const [found] = await this.database.inTransaction(ACCOUNTS, () =>
      this.database.query<InvitationView>(
        `SELECT i.organisation_id, o.name AS organisation_name, o.kind AS organisation_kind, i.email, i.locale, i.role, i.invited_by, i.vendor_id,
           EXISTS (SELECT 1 FROM identity.user_account u WHERE lower(u.email) = lower(i.email) AND u.password_hash IS NOT NULL) AS has_account,
           (SELECT u.name FROM identity.user_account u WHERE lower(u.email) = lower(i.email) AND u.password_hash IS NULL) AS name
         FROM identity.invitation i JOIN organisations.organisation_view o ON o.id = i.organisation_id
         WHERE i.token_hash = $1 AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > $2`,
        [tokenHash(token), this.clock.now()],
      ),
    );
    if (found === undefined)
      throw new DomainError(
        'invitation.gone',
        'This invitation was used, was withdrawn, or has expired. Ask the person who invited you for a new one.',
        {},
        { kind: 'gone' },
      );
    return found;
  }

  /**
   * Accepts an invitation: creates the account if needed, and the assignment;
   * a partner joins the programme. An existing account keeps name and password;
   * `proveKnown` checks that password first. `then` joins the system's
   * transaction, for what follows from the proved mailbox. All of it is one
   * transaction: the link works once, so that a part that is lost could never
   * be done again.
   */
  async accept(
    token: string,
    input: { name: string; password: string },
    proveKnown: (email: string, password: string) => Promise<void>,
    then: (invitation: InvitationView) => Promise<void>,
  ): Promise<{ userId: UserId; invitation: InvitationView }> {
    const invitation = await this.invitation(token);
    if (invitation.hasAccount) await proveKnown(invitation.email, input.password);
    else requirePersonName(input.name);
    const hash = invitation.hasAccount
      ? null
      : await hashNewPassword(input.password, {
          name: input.name,
          email: invitation.email,
          organisationNames: [invitation.organisationName],
        });
    const userId = await this.database.inTransaction(ACCOUNTS, async () => {
      // First, as a withdrawal does. In another order, both could wait for each
      // other.
      if (invitation.organisationKind === 'partner') await this.memberships.lockOf(invitation.organisationId);
      await claimInvitation(this.database, token, invitation.organisationId, this.clock.now());
      const id = await this.ensureUser(ACCOUNTS, {
        email: invitation.email,
        name: input.name,
        passwordHash: hash,
        locale: invitation.locale,
      });
      await this.assign(ACCOUNTS, id, invitation.organisationId, invitation.role);
      await then(invitation);
      if (invitation.organisationKind === 'partner')
        await this.membershipInvitations.join(ACCOUNTS, invitation.organisationId);
      return id;
    });
    return { userId, invitation };
  }

  /**
   * Creates an account, or completes one without a password.
   * Joins the open transaction.
   */
  async ensureUser(
    actor: SystemActor,
    input: { email: string; name: string; passwordHash: string | null; locale: string },
  ): Promise<UserId> {
    return this.database.inTransaction(actor, async () => {
      const [known] = await this.database.query<{ id: UserId }>(
        'SELECT id FROM identity.user_account WHERE lower(email) = lower($1)',
        [input.email],
      );
      if (known !== undefined) {
        if (input.passwordHash !== null)
          await this.database.query(
            'UPDATE identity.user_account SET password_hash = $2, name = $3 WHERE id = $1 AND password_hash IS NULL',
            [known.id, input.passwordHash, input.name],
          );
        return known.id;
      }
      const id = newId<UserId>();
      await this.database.query(
        'INSERT INTO identity.user_account (id, email, name, password_hash, locale, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
        [id, input.email.trim(), input.name, input.passwordHash, input.locale, this.clock.now()],
      );
      return id;
    });
  }

  /**
   * Gives a user a role in an organisation; it replaces the old one.
   * @throws DomainError `team.last-owner` when no owner would be left.
   */
  async assign(actor: SystemActor, userId: UserId, organisationId: OrganisationId, role: Role): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      if (role !== 'owner') await this.requireAnotherOwner(organisationId, userId);
      await this.database.query(
        `INSERT INTO identity.assignment (user_id, organisation_id, role, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (user_id, organisation_id) DO UPDATE SET role = excluded.role`,
        [userId, organisationId, role, this.clock.now()],
      );
      await this.audit.record(actor, {
        action: 'person.joined',
        subject: { kind: 'user', id: userId },
        details: { role, organisationId },
      });
    });
  }

  async team(actor: Actor, organisationId: OrganisationId): Promise<TeamMember[]> {
    return this.teams(actor, [organisationId]);
  }

  /** The people of several organisations; the longest in a team come first. */
  async teams(actor: Actor, organisationIds: readonly OrganisationId[]): Promise<TeamMember[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<TeamMember>(
        `SELECT u.id, u.email, u.name, u.locale, u.region, o.country_code, a.organisation_id, a.role, a.created_at AS since,
           coalesce(u.time_zone, o.time_zone) AS time_zone,
           coalesce((SELECT jsonb_object_agg(n.kind, jsonb_build_object('delivery', n.delivery, 'inApp', n.in_app)) FROM identity.notification_choice n
             WHERE n.user_id = a.user_id AND n.organisation_id = a.organisation_id), '{}') AS notifications
         FROM identity.assignment a JOIN identity.user_account u ON u.id = a.user_id
           LEFT JOIN organisations.organisation_view o ON o.id = a.organisation_id
         WHERE a.organisation_id = ANY ($1) ORDER BY a.created_at, u.id`,
        [organisationIds],
      ),
    );
  }

  /** When a person of an organisation was last in the portal, as far as sessions tell; null: never. */
  async lastSeenAt(actor: SystemActor, organisationId: OrganisationId): Promise<Date | null> {
    const [seen] = await this.database.inTransaction(actor, () =>
      this.database.query<{ at: Date | null }>(
        `SELECT greatest(max(last_signed_in_at),
           (SELECT max(seen_at) FROM identity.session WHERE organisation_id = $1)) AS at
         FROM identity.assignment WHERE organisation_id = $1`,
        [organisationId],
      ),
    );
    return seen?.at ?? null;
  }

  /**
   * People of a partner that is in the vendor's programme, by name: what a
   * vendor may know of them, and *Your vendors* tells the partner. No addresses.
   */
  async peopleOfPartner(actor: VendorActor, partnerId: PartnerId): Promise<PersonOfPartner[]> {
    const { status } = await this.memberships.ofPartner(actor, partnerId);
    if (status !== 'active') return [];
    return this.database.inTransaction(systemActor('partner-page', { partnerId }), () =>
      this.database.query<PersonOfPartner>(
        `SELECT u.name, a.role, a.last_signed_in_at FROM identity.assignment a JOIN identity.user_account u ON u.id = a.user_id
         WHERE a.organisation_id = $1 ORDER BY lower(u.name), u.id`,
        [partnerId],
      ),
    );
  }

  /**
   * Changes a team member's role, from the next request on.
   * @param partnersTo who looks after the partners of a channel manager from
   *   then on, see `ChannelManagers.handOver`.
   * @throws DomainError `user.not-found`; `team.last-owner` when no owner would
   *   be left; `team.has-partners`.
   */
  async changeRole(
    actor: Actor,
    organisationId: OrganisationId,
    userId: UserId,
    role: Role,
    partnersTo?: UserId | null,
  ): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      if (role !== 'owner') await this.requireAnotherOwner(organisationId, userId);
      if (role !== 'channel-manager') await this.managers.handOver(actor, organisationId, userId, partnersTo);
      const changed = await this.database.query(
        'UPDATE identity.assignment SET role = $3 WHERE user_id = $1 AND organisation_id = $2 RETURNING user_id',
        [userId, organisationId, role],
      );
      if (changed.length === 0) throw notFound('user', userId);
      await this.audit.record(actor, {
        action: 'person.role-changed',
        subject: { kind: 'user', id: userId },
        details: { role },
      });
    });
  }

  /**
   * Removes a person from a team, or lets them leave it. Their sessions read
   * nothing of it from the next request on, their API keys are revoked, open
   * invitations to them are withdrawn, and mails that wait for them are not sent.
   * @param partnersTo as `changeRole`.
   * @throws DomainError `user.not-found`; `team.last-owner` when no owner would
   *   be left; `team.has-partners`.
   */
  async remove(
    actor: Actor,
    organisationId: OrganisationId,
    userId: UserId,
    partnersTo?: UserId | null,
  ): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      await this.requireAnotherOwner(organisationId, userId);
      await this.managers.handOver(actor, organisationId, userId, partnersTo);
      await this.withdrawInvitationsOf(organisationId, userId);
      const removed = await this.database.query(
        'DELETE FROM identity.assignment WHERE user_id = $1 AND organisation_id = $2 RETURNING user_id',
        [userId, organisationId],
      );
      if (removed.length === 0) throw notFound('user', userId);
      await this.apiKeys.revokeAllOf(organisationId, userId);
      const subject = { kind: 'user', id: userId } as const;
      const isOwnChoice = actor.kind !== 'system' && actor.userId === userId;
      await this.audit.record(
        actor,
        isOwnChoice ? { action: 'person.left', subject } : { action: 'person.removed', subject },
      );
    });
  }

  /** Otherwise an older link would let the person in again. */
  private async withdrawInvitationsOf(organisationId: OrganisationId, userId: UserId): Promise<void> {
    await this.database.query(
      `UPDATE identity.invitation SET withdrawn_at = $3
       WHERE organisation_id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL
         AND lower(email) = (SELECT lower(u.email) FROM identity.user_account u WHERE u.id = $2)`,
      [organisationId, userId, this.clock.now()],
    );
  }

  /**
   * Locks the other owners until the transaction ends.
   * Otherwise two owners who resign at once would both rely on the other.
   */
  private async requireAnotherOwner(organisationId: OrganisationId, leaving: UserId): Promise<void> {
    const owners = await this.database.query<{ userId: UserId }>(
      `SELECT user_id FROM identity.assignment WHERE organisation_id = $1 AND role = 'owner' ORDER BY user_id FOR UPDATE`,
      [organisationId],
    );
    if (owners.length > 1 || owners[0]?.userId !== leaving) return;
    throw new DomainError(
      'team.last-owner',
      'This is the only owner. Make another user an owner first.',
      { field: 'userId' },
      { kind: 'conflict' },
    );
  }
}
