import { hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { type ContactForSending, Contacts } from '#contacts';
import { armOf, isHeldOut } from '#experiments';
import type { Actor, CampaignId, ContactId } from '#kernel';
import type { TestedStep } from '#sequencing';

/**
 * Draws the group of a contact: held out or not, and the e-mail or the time of a test. The
 * campaign and the address decide, by a hash with a key that only the
 * installation has. So a person that is on the lists of two partners is in the
 * same group at both, and neither can tell from that whether the other knows it.
 */
@Injectable()
export class ExperimentGroups {
  private readonly key: Buffer;

  constructor(
    private readonly contacts: Contacts,
    @Inject(CONFIG) config: Pick<Config, 'SECRET_KEY' | 'SECRET_KEY_PREVIOUS'>,
  ) {
    // The first key of the installation: a contact keeps its group when the key is changed.
    const first = config.SECRET_KEY_PREVIOUS.at(-1) ?? config.SECRET_KEY;
    this.key = Buffer.from(hkdfSync('sha256', first, '', 'throughline/sequences/experiment-groups', 32));
  }

  /** @param percent of the contacts; 0: nobody is held out. */
  async heldOutAmong(
    actor: Actor,
    campaignId: CampaignId,
    contactIds: readonly ContactId[],
    percent: number,
  ): Promise<ContactId[]> {
    if (percent === 0 || contactIds.length === 0) return [];
    const contacts = await this.contacts.byIds(actor, contactIds);
    return contacts.filter((contact) => this.isHeldOut(campaignId, contact, percent)).map(({ id }) => id);
  }

  /** Whether a contact gets nothing of a campaign. */
  isHeldOut(campaignId: CampaignId, { email }: Pick<ContactForSending, 'email'>, percent: number): boolean {
    return isHeldOut(this.key, ['hold-out', campaignId, personOf(email)], percent);
  }

  /** The e-mail, or the time of it, that a contact gets in the step that tests some. */
  armOf(campaignId: CampaignId, { stepKey, arms }: TestedStep, { email }: Pick<ContactForSending, 'email'>): string {
    return armOf(this.key, ['arm', campaignId, stepKey, personOf(email)], arms);
  }
}

const personOf = (email: string): string => email.toLowerCase();
