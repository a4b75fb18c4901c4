import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { PartnerId, VendorActor } from '#kernel';
import { companyKey, type MembershipStatus } from '#organisations';

/** A partner of the vendor that may be the company that it is about to invite. */
export interface PartnerDuplicate {
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly status: MembershipStatus;
  /** What both have in common. */
  readonly same: readonly ('address' | 'domain' | 'name')[];
}

interface KnownPartner {
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly status: MembershipStatus;
  /** To which this vendor sent invitations, or is to send one. */
  readonly emails: readonly string[];
}

interface AskedCompany {
  readonly name: string;
  readonly email: string;
}

const MOST = 10;

/**
 * Finds partners of a vendor that are like a company. It compares what this
 * vendor has typed itself: partners of other vendors, and the addresses of a
 * partner's team, would tell it something new.
 */
@Injectable()
export class PartnerDuplicates {
  constructor(private readonly database: Database) {}

  /**
   * @param domainOf the domain of an address if it belongs to a company; null
   *   for mailbox providers.
   * @returns at most ten, those with most in common first.
   */
  async find(
    actor: VendorActor,
    asked: AskedCompany,
    domainOf: (email: string) => string | null,
  ): Promise<PartnerDuplicate[]> {
    const known = await this.known(actor);
    return known
      .map(({ partnerId, name, status, emails }) => ({
        partnerId,
        name,
        status,
        same: inCommon(asked, { name, emails }, domainOf),
      }))
      .filter(({ same }) => same.length > 0)
      .sort((one, other) => other.same.length - one.same.length || one.name.localeCompare(other.name, 'en'))
      .slice(0, MOST);
  }

  /** Without invitations that were withdrawn: they are no partners. */
  private async known(actor: VendorActor): Promise<KnownPartner[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<KnownPartner>(
        `SELECT m.partner_id, o.name, m.status,
           coalesce((SELECT array_agg(DISTINCT lower(asked.email)) FROM (
             SELECT i.email FROM identity.invitation i
             WHERE i.vendor_id = m.vendor_id AND i.organisation_id = m.partner_id
             UNION ALL SELECT w.email FROM identity.waiting_invitation w
             WHERE w.vendor_id = m.vendor_id AND w.partner_id = m.partner_id) asked), '{}') AS emails
         FROM organisations.membership_view m JOIN organisations.organisation_view o ON o.id = m.partner_id
         WHERE m.vendor_id = $1 AND (m.status <> 'ended' OR m.joined_at IS NOT NULL)`,
        [actor.vendorId],
      ),
    );
  }
}

function inCommon(
  asked: AskedCompany,
  known: Pick<KnownPartner, 'name' | 'emails'>,
  domainOf: (email: string) => string | null,
): PartnerDuplicate['same'] {
  const email = asked.email.trim().toLowerCase();
  const domain = domainOf(email);
  const key = companyKey(asked.name);
  return [
    ...(known.emails.includes(email) ? (['address'] as const) : []),
    ...(domain !== null && known.emails.some((one) => domainOf(one) === domain) ? (['domain'] as const) : []),
    ...(key !== '' && companyKey(known.name) === key ? (['name'] as const) : []),
  ];
}
