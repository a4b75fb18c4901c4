import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Accounts, SystemMail } from '#identity';
import type { Actor, OrganisationId } from '#kernel';
import { type DeletionNews, deletionLetter } from './organisation-deletion-letter.js';

/** Tells the owners of an organisation that it is to be deleted. It cannot be turned off: another owner may object. */
@Injectable()
export class DeletionMail {
  constructor(
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Posts an e-mail to each owner. Joins the open transaction. */
  async post(actor: Actor, organisationId: OrganisationId, news: Omit<DeletionNews, 'url'>): Promise<void> {
    const team = await this.accounts.team(actor, organisationId);
    for (const owner of team.filter(({ role }) => role === 'owner'))
      await this.mail.post(deletionLetter(owner, { ...news, url: `${this.config.PUBLIC_URL}/account` }));
  }
}
