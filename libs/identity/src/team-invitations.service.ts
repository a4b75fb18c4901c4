import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import type { UserLanguage } from '#contracts';
import { Database } from '#database';
import { type Actor, Clock, type InvitationId, notFound, type OrganisationId } from '#kernel';
import { InvitationLetters, IS_OPEN, OPEN_INVITATION, type OpenInvitation } from './invitation-letters.service.js';
import { invitedPerson, userLanguageIn } from './invited-person.js';
import type { Role } from './principal.js';
import type { InvitedReader } from './system-mail-text.js';

/** An open invitation into a team. */
export interface TeamInvitation extends OpenInvitation {
  readonly role: Role;
}

interface Team {
  readonly id: OrganisationId;
  readonly name: string;
  readonly countryCode: string;
}

interface Colleague {
  readonly email: string;
  readonly role: Role;
  /** Of the invitation; absent: that of the organisation's country. */
  readonly language?: UserLanguage | undefined;
}

/**
 * Only the team's own invitations. The vendor invites a partner's first user.
 */
const OPEN = `vendor_id IS NULL AND ${IS_OPEN}`;

const COLLEAGUES_A_DAY = 10;

/** A team's invitations: one open invitation per address. */
@Injectable()
export class TeamInvitations {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly letters: InvitationLetters,
  ) {}

  /** Open ones, newest first. */
  async pending(actor: Actor, organisationId: OrganisationId): Promise<TeamInvitation[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<TeamInvitation>(
        `SELECT ${OPEN_INVITATION}, role FROM identity.invitation WHERE organisation_id = $1 AND ${OPEN} ORDER BY id DESC`,
        [organisationId],
      ),
    );
  }

  /**
   * Sends an invitation. An earlier link to the address becomes invalid.
   * @throws DomainError `invitation.too-many` after five mails to an address in
   *   24 hours, `invitation.day-full` after ten to any address, both with the
   *   time of the next; `invitation.address-full`.
   */
  async send(actor: Actor, team: Team, { email, role, language }: Colleague): Promise<void> {
    const to = await invitedPerson(this.database, email, language ?? userLanguageIn(team.countryCode));
    await this.database.inTransaction(actor, async () => {
      await this.lock(team.id);
      await this.post(actor, team, to, role);
    });
  }

  /**
   * Sends a new link, valid for fourteen more days.
   * @throws DomainError `invitation.not-found` if it is not open.
   */
  async sendAgain(actor: Actor, team: Team, id: InvitationId): Promise<void> {
    const open = (await this.pending(actor, team.id)).find((one) => one.id === id);
    if (open === undefined) throw notFound('invitation', id);
    const to = await invitedPerson(this.database, open.email, open.locale);
    await this.database.inTransaction(actor, async () => {
      await this.lock(team.id);
      const known = (await this.pending(actor, team.id)).find((one) => one.id === id);
      if (known === undefined) throw notFound('invitation', id);
      await this.post(actor, team, to, known.role);
    });
  }

  /**
   * Makes its link invalid, even if the mail was not sent yet.
   * @throws DomainError `invitation.not-found` if it is not open.
   */
  async withdraw(actor: Actor, organisationId: OrganisationId, id: InvitationId): Promise<void> {
    await this.database.inTransaction(actor, async () => {
      const withdrawn = await this.database.query(
        `UPDATE identity.invitation SET withdrawn_at = $3 WHERE id = $1 AND organisation_id = $2 AND ${OPEN} RETURNING id`,
        [id, organisationId, this.clock.now()],
      );
      if (withdrawn.length === 0) throw notFound('invitation', id);
      await this.audit.record(actor, { action: 'invitation.voided', subject: { kind: 'invitation', id } });
    });
  }

  /** Two parallel requests would create two valid links. */
  private async lock(organisationId: OrganisationId): Promise<void> {
    await this.database.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `team invitations ${organisationId}`,
    ]);
  }

  private async post(actor: Actor, team: Team, to: InvitedReader, role: Role): Promise<void> {
    const { email } = to;
    await this.letters.refuseFlood({
      name: 'This address',
      where: 'organisation_id = $1 AND vendor_id IS NULL AND lower(email) = lower($2)',
      values: [team.id, email],
      field: 'email',
    });
    await this.letters.refuseFullDay({
      where: 'organisation_id = $1 AND vendor_id IS NULL',
      values: [team.id],
      perDay: COLLEAGUES_A_DAY,
    });
    for (const { id } of (await this.pending(actor, team.id)).filter((one) => sameAddress(one.email, email)))
      await this.withdraw(actor, team.id, id);
    await this.letters.post(actor, { organisation: team, to, role, invitedBy: { person: actor.name } });
  }
}

const sameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
