import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import { Clock, newId, type PartnerActor, type SendingIdentityId, type SystemActor, type VendorId } from '#kernel';
import { Memberships, Organisations } from '#organisations';
import { partnerOf } from './authority.js';
import { BrandProfiles } from './brand-profiles.service.js';

/** From whom a partner's mail for a vendor comes, and whether it may go out. */
export interface SendingIdentity {
  readonly id: SendingIdentityId;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly replyTo: string | null;
  readonly maySend: boolean;
  /** Why not, with the way out. */
  readonly reason: string | null;
}

/** A partner sends for a vendor from an address of its own in the platform's mail domain, in its own name; answers go to the partner. */
@Injectable()
export class SendingIdentities {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly organisations: Organisations,
    private readonly memberships: Memberships,
    private readonly profiles: BrandProfiles,
  ) {}

  /** The identity, made when it is first asked for. */
  async forMembership(actor: PartnerActor | SystemActor, vendorId: VendorId): Promise<SendingIdentity> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, async () => {
      const { slug } = await this.organisations.get(actor, partnerId);
      await this.database.query(
        `INSERT INTO brand.sending_identity (id, partner_id, vendor_id, from_address, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
        [newId<SendingIdentityId>(), partnerId, vendorId, `${slug}@${this.config.MAIL_DOMAIN}`, this.clock.now()],
      );
      // A statement of its own: the one above does not see what another transaction has made while it waited.
      const [row] = await this.database.query<{ id: SendingIdentityId; fromAddress: string }>(
        'SELECT id, from_address AS "fromAddress" FROM brand.sending_identity WHERE partner_id = $1 AND vendor_id = $2',
        [partnerId, vendorId],
      );
      if (row === undefined) throw new Error('The sending identity was not written.');
      const { name, contact } = await this.profiles.current(actor);
      const isMember = (await this.memberships.allOfPartner(actor, partnerId)).some(
        (membership) => membership.vendorId === vendorId && membership.status === 'active',
      );
      const reason = !isMember
        ? 'You are no member of this vendor’s programme (any more). Ask the vendor.'
        : contact.email === null
          ? 'Answers have nowhere to go. Add an e-mail address to the brand profile.'
          : null;
      return { ...row, fromName: name, replyTo: contact.email, maySend: reason === null, reason };
    });
  }
}
