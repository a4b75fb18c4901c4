import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { Clock, type PartnerId, type SystemActor, type VendorId } from '#kernel';
import { contactReaders, Notifier } from '#notifications';
import { Organisations } from '#organisations';
import { consentLetter } from './consent-letter.js';
import type { VendorServer } from './vendor-servers.service.js';

/** Tells partners whose activations wait for consent to a server. */
@Injectable()
export class ConsentMail {
  constructor(
    private readonly organisations: Organisations,
    private readonly profiles: BrandProfiles,
    private readonly notifier: Notifier,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * In the open transaction.
   * @param missing servers without the partner's consent.
   */
  async post(
    actor: SystemActor,
    { partnerId, vendorId }: { readonly partnerId: PartnerId; readonly vendorId: VendorId },
    missing: readonly VendorServer[],
    heldCount: number,
  ): Promise<void> {
    const { name: vendor } = await this.organisations.get(actor, vendorId);
    const facts = { vendor, servers: missing.map(({ host }) => host), heldCount };
    const { contact } = await this.profiles.current(actor);
    await this.notifier.notify(
      actor,
      {
        organisationId: partnerId,
        kind: 'sending',
        event: 'consent-missing',
        key: `${vendorId} ${this.clock.now().toISOString()}`,
        by: vendor,
        titles: null,
        path: '/vendors',
        audience: contactReaders(contact.email),
      },
      (reader) => consentLetter(reader, `${this.config.PUBLIC_URL}/vendors`, facts),
    );
  }
}
