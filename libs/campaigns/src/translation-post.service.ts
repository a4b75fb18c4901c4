import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Accounts, SystemMail } from '#identity';
import type { UserId, VendorActor } from '#kernel';
import { Organisations } from '#organisations';
import { translationLetter } from './translation-letter.js';

/** Mails about translations to people of the vendor's team. */
@Injectable()
export class TranslationPost {
  constructor(
    private readonly organisations: Organisations,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Joins the open transaction. Who switched mails about reviews off gets none.
   * @param path of the texts in the portal.
   */
  async send(
    actor: VendorActor,
    readers: readonly UserId[],
    path: string,
    facts: Omit<Parameters<typeof translationLetter>[2], 'vendor' | 'person'>,
  ): Promise<void> {
    const team = await this.accounts.team(actor, actor.vendorId);
    const { name } = await this.organisations.get(actor, actor.vendorId);
    const vendor = { id: actor.vendorId, name };
    for (const reader of team.filter(
      ({ id, notifications }) => readers.includes(id) && notifications.reviews !== 'none',
    ))
      if (reader.id !== actor.userId)
        await this.mail.post(
          translationLetter(reader, `${this.config.PUBLIC_URL}${path}`, { ...facts, vendor, person: actor.name }),
        );
  }
}
