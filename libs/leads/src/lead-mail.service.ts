import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { Accounts, mailReaders, SystemMail } from '#identity';
import type { PartnerId, SystemActor } from '#kernel';
import { leadLetter, type LeadOccasion } from './lead-letter.js';

/**
 * Recipients: first the address of the brand profile, then the owners if no
 * user reacted.
 */
const RECIPIENTS = {
  received: 'contact',
  clicked: 'contact',
  withdrawn: 'contact',
  reminder: 'contact',
  escalation: 'owners',
  'taken-up-reminder': 'contact',
  'taken-up-escalation': 'owners',
} as const satisfies Record<LeadOccasion, string>;

/** Mails to a partner about its leads, in the language of who reads them. */
@Injectable()
export class LeadMail {
  constructor(
    private readonly profiles: BrandProfiles,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Posts a mail in the open transaction; nothing if there is no recipient.
   * @param waitedMs how long the lead has been waiting.
   */
  async post(actor: SystemActor, partnerId: PartnerId, occasion: LeadOccasion, waitedMs = 0): Promise<void> {
    const { name, contact } = await this.profiles.current(actor);
    const team = await this.accounts.team(actor, partnerId);
    const toOwners = RECIPIENTS[occasion] === 'owners';
    if (!toOwners && contact.email === null) return;
    for (const reader of mailReaders(team, 'leads', toOwners ? null : contact.email)) {
      const letter = leadLetter(reader, `${this.config.PUBLIC_URL}/leads`, name, occasion, waitedMs);
      // A stranger can fill in a form as often as the rate limit allows.
      if (occasion === 'received') await this.mail.postWithinLimit('form-notice', letter);
      else await this.mail.post(letter);
    }
  }
}
