import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '#config';
import { Database } from '#database';
import {
  Clock,
  newId,
  type PartnerActor,
  type PartnerId,
  type SendingIdentityId,
  type SystemActor,
  type VendorId,
} from '#kernel';
import type { SigningKey } from '#mailer';
import { mayRunCampaigns, Memberships, Organisations } from '#organisations';
import { partnerOf } from './authority.js';
import type { BrandProfile } from './brand-profile.js';
import { BrandProfiles } from './brand-profiles.service.js';
import { SendingPreferences } from './sending-preferences.service.js';
import { type DomainInUse, SendingDomains } from './sending-domains.service.js';

/** Whether mail is sent. `held`: after a correction. `blocked`: never. */
export type IdentityStatus = 'ready' | 'held' | 'blocked';

/** The sender of a partner's mail for a vendor, and whether it may be sent. */
export interface SendingIdentity {
  readonly id: SendingIdentityId;
  readonly fromName: string;
  readonly fromAddress: string;
  /** The partner's own address for replies. */
  readonly replyTo: string | null;
  /** Whether replies come to an address of ours for the message. */
  readonly repliesComeHere: boolean;
  readonly status: IdentityStatus;
  /** Why it is not ready, and how to correct it. */
  readonly reason: string | null;
  /** The host of return paths; null for the mail domain itself. */
  readonly returnHost: string | null;
  /** From is at the partner's or the vendor's domain, not at the mail domain. */
  readonly hasDomain: boolean;
  /**
   * Keys of the partner's or vendor's domain, RSA first, for a sending process.
   * Empty if the mail domain's key signs.
   */
  readonly signingKeys: readonly SigningKey[];
}

interface StoredIdentity {
  readonly id: SendingIdentityId;
  readonly fromAddress: string;
}

/**
 * The sender of a partner's mail: always in its own name. Replies go to the
 * partner, or to us, who forward them. The domain is the partner's once verified, else the vendor's
 * sub-domain, else the mail domain.
 */
@Injectable()
export class SendingIdentities {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'MAIL_DOMAIN'>,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly organisations: Organisations,
    private readonly memberships: Memberships,
    private readonly profiles: BrandProfiles,
    private readonly domains: SendingDomains,
    private readonly preferences: SendingPreferences,
  ) {}

  /** The identity, created at first use. */
  async forMembership(actor: PartnerActor | SystemActor, vendorId: VendorId): Promise<SendingIdentity> {
    const partnerId = partnerOf(actor);
    return this.database.inTransaction(actor, async () => {
      const row = (await this.findStored(partnerId, vendorId)) ?? (await this.create(actor, partnerId, vendorId));
      const profile = await this.profiles.current(actor);
      const domain = await this.domains.inUse(actor, partnerId, vendorId);
      const local = domain === null ? null : (domain.fromLocal ?? (await this.slug(actor, partnerId)));
      const { repliesTo } = await this.preferences.get(actor);
      const isMember = (await this.memberships.allOfPartner(actor, partnerId)).some(
        (membership) => membership.vendorId === vendorId && mayRunCampaigns(membership, this.clock.now()),
      );
      return {
        id: row.id,
        fromName: profile.name,
        fromAddress: domain === null ? row.fromAddress : `${local}@${domain.domain}`,
        replyTo: profile.contact.email,
        repliesComeHere: repliesTo === 'here',
        hasDomain: domain !== null,
        returnHost: domain?.returnHost ?? null,
        signingKeys: domain?.signingKeys ?? [],
        ...statusOf(isMember, profile, domain),
      };
    });
  }

  private async findStored(partnerId: PartnerId, vendorId: VendorId): Promise<StoredIdentity | null> {
    const [row] = await this.database.query<StoredIdentity>(
      'SELECT id, from_address FROM brand.sending_identity WHERE partner_id = $1 AND vendor_id = $2',
      [partnerId, vendorId],
    );
    return row ?? null;
  }

  private async create(
    actor: PartnerActor | SystemActor,
    partnerId: PartnerId,
    vendorId: VendorId,
  ): Promise<StoredIdentity> {
    const fromAddress = `${await this.slug(actor, partnerId)}@${this.config.MAIL_DOMAIN}`;
    await this.database.query(
      `INSERT INTO brand.sending_identity (id, partner_id, vendor_id, from_address, created_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [newId<SendingIdentityId>(), partnerId, vendorId, fromAddress, this.clock.now()],
    );
    // A separate statement: the one above does not see rows committed while it
    // waited.
    const row = await this.findStored(partnerId, vendorId);
    if (row === null) throw new Error('The sending identity was not written.');
    return row;
  }

  private async slug(actor: PartnerActor | SystemActor, partnerId: PartnerId): Promise<string> {
    return (await this.organisations.get(actor, partnerId)).slug;
  }
}

/**
 * Requirements of law and receivers: From, Reply-To, a name, a postal address
 * and an authenticated domain. Without them nothing is sent.
 */
function statusOf(
  isMember: boolean,
  { legalName, postalAddress, contact }: BrandProfile,
  domain: DomainInUse | null,
): Pick<SendingIdentity, 'status' | 'reason'> {
  if (!isMember)
    return { status: 'blocked', reason: 'You are not a member of this vendor’s programme. Ask the vendor.' };
  const held = (reason: string) => ({ status: 'held', reason }) as const;
  if (contact.email === null) return held('An e-mail address for replies is missing. Add it to the brand profile.');
  if ((legalName ?? '').trim() === '')
    return held('The legal name is missing, which is required in commercial e-mail. Add it to the brand profile.');
  if (postalAddress === null)
    return held('The postal address is missing, which is required in commercial e-mail. Add it to the brand profile.');
  if (domain?.state === 'broken')
    return held(
      domain.owner === 'partner'
        ? 'A DNS record of your sending domain is incorrect. “Sender and domain” shows which, and the value it needs.'
        : `A DNS record of ${domain.domain}, your vendor’s sending domain, is incorrect. The vendor has been informed. E-mails wait until it is corrected.`,
    );
  return { status: 'ready', reason: null };
}
