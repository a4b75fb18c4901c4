import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import type { Halt } from '#delivery';
import { Clock, type OrganisationId, type PartnerId, type SystemActor, type VendorId } from '#kernel';
import { contactReaders, type Notice, Notifier } from '#notifications';
import { Organisations } from '#organisations';
import { haltLetter, vendorDomainLetter } from './halt-letter.js';

/**
 * Tells the owners of an organisation whose mail or domain has a problem. In the open transaction.
 */
@Injectable()
export class HaltLetters {
  constructor(
    private readonly organisations: Organisations,
    private readonly notifier: Notifier,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** @param halt of a partner, by the product. */
  async sendHaltLetter(actor: SystemActor, { cause, facts, subjectId }: Halt): Promise<void> {
    const partnerId = subjectId as PartnerId;
    const { name } = await this.organisations.get(actor, partnerId);
    await this.notifier.notify(actor, this.notice(partnerId, 'sending-halted', '/sending'), (reader) =>
      haltLetter(reader, `${this.config.PUBLIC_URL}/sending`, { cause, facts, name }),
    );
  }

  /** @param facts the domain, and what to correct in DNS. */
  async sendDomainLetter(actor: SystemActor, vendorId: VendorId, facts: Halt['facts']): Promise<void> {
    const { name } = await this.organisations.get(actor, vendorId);
    const vendor = { id: vendorId, name };
    await this.notifier.notify(actor, this.notice(vendorId, 'domain-halted', '/relays'), (reader) =>
      vendorDomainLetter(reader, `${this.config.PUBLIC_URL}/relays`, { vendor, facts }),
    );
  }

  private notice(organisationId: OrganisationId, event: 'sending-halted' | 'domain-halted', path: string): Notice {
    const key = this.clock.now().toISOString();
    const audience = contactReaders(null);
    return { organisationId, kind: 'sending', event, key, by: null, titles: null, path, audience };
  }
}
