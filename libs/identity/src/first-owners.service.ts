import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock, type OrganisationId, type SystemActor, type UserId } from '#kernel';
import { Accounts } from './accounts.service.js';
import { requirePersonName } from './person-name.js';
import { ownerInvitationMail } from './system-mail-text.js';
import { SystemMail } from './system-mail.service.js';

/** The first person of an organisation that an operator founds. */
export interface FirstOwner {
  readonly email: string;
  readonly name: string;
  /** BCP 47, of the account and of mails to it. */
  readonly locale: string;
}

interface Founded {
  readonly id: OrganisationId;
  readonly name: string;
}

/** Gives a new organisation its first owner, in the transaction of its founding. */
@Injectable()
export class FirstOwners {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
  ) {}

  /**
   * Makes the owner's account with its password.
   * @param passwordHash of a checked password.
   * @throws DomainError `account.name-invalid`.
   */
  async create(
    actor: SystemActor,
    organisationId: OrganisationId,
    owner: FirstOwner,
    passwordHash: string,
  ): Promise<UserId> {
    requirePersonName(owner.name);
    const userId = await this.accounts.ensureUser(actor, { ...owner, passwordHash });
    await this.accounts.assign(actor, userId, organisationId, 'owner');
    return userId;
  }

  /**
   * Makes a link with which the owner sets a password, or joins with an existing
   * account. An earlier link to an owner becomes invalid.
   * @param isMailed whether the link is mailed, too.
   * @returns the link. It works once, within 14 days.
   * @throws DomainError `account.name-invalid`.
   */
  async invite(actor: SystemActor, { id, name }: Founded, owner: FirstOwner, isMailed: boolean): Promise<string> {
    requirePersonName(owner.name);
    return this.database.inTransaction(actor, async () => {
      await this.accounts.ensureUser(actor, { ...owner, passwordHash: null });
      await this.database.query(
        `UPDATE identity.invitation SET withdrawn_at = $2
         WHERE organisation_id = $1 AND role = 'owner' AND accepted_at IS NULL AND withdrawn_at IS NULL`,
        [id, this.clock.now()],
      );
      const { email, locale } = owner;
      const invitedBy = 'Throughline';
      const link = await this.accounts.invite(actor, { organisationId: id, email, locale, role: 'owner', invitedBy });
      if (isMailed) {
        const reader = { ...owner, hasAccount: await this.hasAccount(actor, email) };
        await this.mail.post(ownerInvitationMail(reader, link.url, name), { invitationId: link.id });
      }
      return link.url;
    });
  }

  /** Whether an address has an account with a password. */
  async hasAccount(actor: SystemActor, email: string): Promise<boolean> {
    const found = await this.database.inTransaction(actor, () =>
      this.database.query(
        'SELECT 1 FROM identity.user_account WHERE lower(email) = lower($1) AND password_hash IS NOT NULL',
        [email],
      ),
    );
    return found.length > 0;
  }

  /** @returns the address of the open invitation to an owner; null if the organisation has an owner, or none was invited. */
  async waitingFor(actor: SystemActor, organisationId: OrganisationId): Promise<string | null> {
    const [invited] = await this.database.inTransaction(actor, () =>
      this.database.query<{ email: string }>(
        `SELECT email FROM identity.invitation
         WHERE organisation_id = $1 AND role = 'owner' AND accepted_at IS NULL AND withdrawn_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM identity.assignment WHERE organisation_id = $1 AND role = 'owner')
         ORDER BY id DESC LIMIT 1`,
        [organisationId],
      ),
    );
    return invited?.email ?? null;
  }
}
