import { Inject, Injectable } from '@nestjs/common';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { Clock, type SystemActor } from '#kernel';
import { contactReaders, Notifier } from '#notifications';
import { type EndNews, Organisations, type Pair } from '#organisations';
import { partnershipLetter } from './partnership-letter.js';

const EVENTS = {
  end: 'partnership-ended',
  withdrawal: 'partnership-goes-on',
  'return-offer': 'partnership-offered',
} as const;

/** Tells the other side of the end of a partnership. */
@Injectable()
export class PartnershipMail {
  constructor(
    private readonly organisations: Organisations,
    private readonly profiles: BrandProfiles,
    private readonly notifier: Notifier,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Joins the open transaction of a process for the partner. */
  async post(actor: SystemActor, { partnerId, vendorId }: Pair, news: EndNews): Promise<void> {
    const to = news.by === 'vendor' ? 'partner' : 'vendor';
    const [reading, id] = to === 'partner' ? [partnerId, vendorId] : [vendorId, partnerId];
    const { name } = await this.organisations.get(actor, id);
    const path = to === 'partner' ? '/vendors' : '/partners';
    const address = to === 'partner' ? (await this.profiles.current(actor)).contact.email : null;
    const now = this.clock.now();
    await this.notifier.notify(
      actor,
      {
        organisationId: reading,
        kind: 'partnerships',
        event: EVENTS[news.kind],
        key: `${id} ${now.toISOString()}`,
        by: name,
        titles: null,
        path,
        ...(to === 'vendor' && { aboutPartner: partnerId }),
        // Without an address, the owners.
        audience: contactReaders(address),
      },
      (reader) =>
        partnershipLetter(reader, { to, other: { id, name }, news, url: `${this.config.PUBLIC_URL}${path}`, now }),
    );
  }
}
