import { Injectable } from '@nestjs/common';
import { VendorServers } from '#activations';
import { SendingDomains, type SendingDomainState } from '#brand';
import { Halts } from '#delivery';
import { type MembershipId, type PartnerId, systemActor, type VendorActor } from '#kernel';
import { type Membership, Memberships, type VendorHost } from '#organisations';
import type { StopCause } from './partner-sending-settings.service.js';

export interface SendingCounts {
  readonly partners: number;
  readonly ownDomain: number;
  readonly stopped: number;
}

/** What a vendor may know of a partner's sending. */
export interface PartnerSending {
  readonly membershipId: MembershipId;
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly domainState: SendingDomainState | 'none';
  readonly stops: readonly StopCause[];
  /** Servers of the vendor that the partner has not agreed to. */
  readonly missingConsents: readonly VendorHost[];
}

/** More than a screen can show. */
const MOST_TROUBLED = 500;

/** The sending status of the partners of a vendor's programme. */
@Injectable()
export class ProgrammeSending {
  constructor(
    private readonly memberships: Memberships,
    private readonly domains: SendingDomains,
    private readonly halts: Halts,
    private readonly servers: VendorServers,
  ) {}

  /** How partners of a vendor's programme stand, in states, page by page. */
  async ofPartners(actor: VendorActor, page: { limit: number; afterId: string | null }): Promise<PartnerSending[]> {
    return this.standing(actor, await this.memberships.list(actor, { ...page, status: 'active' }));
  }

  /** Active partners whose domain is broken or whose sending is stopped, by id. */
  async troubled(actor: VendorActor): Promise<{ readonly partnerId: PartnerId; readonly name: string }[]> {
    const ids = await this.memberships.activePartners(actor);
    const states = await this.domains.states(ids);
    const halts = await this.halts.automaticHalts(systemActor('sending'), ids);
    const stopped = new Set<string | null>(halts.map(({ subjectId }) => subjectId));
    const troubled = ids.filter((id) => stopped.has(id) || states.get(id) === 'broken');
    const among = { partnerIds: troubled, is: true };
    const found = await this.memberships.list(actor, { limit: MOST_TROUBLED, afterId: null, status: 'active', among });
    return found.map(({ partnerId, partnerName: name }) => ({ partnerId, name }));
  }

  /**
   * How one partner stands; null if it is not in the programme now.
   * @throws DomainError `partner.not-found`.
   */
  async ofPartner(actor: VendorActor, partnerId: PartnerId): Promise<PartnerSending | null> {
    const member = await this.memberships.ofPartner(actor, partnerId);
    const [found] = member.status === 'active' ? await this.standing(actor, [member]) : [];
    return found ?? null;
  }

  private async standing(actor: VendorActor, members: readonly Membership[]): Promise<PartnerSending[]> {
    const ids = members.map(({ partnerId }) => partnerId);
    const states = await this.domains.states(ids);
    const halts = await this.halts.automaticHalts(systemActor('sending'), ids);
    const missing = await this.servers.missingOfPartners(actor, ids);
    return members.map(({ id, partnerId, partnerName: name }) => ({
      membershipId: id,
      partnerId,
      name,
      domainState: states.get(partnerId) ?? 'none',
      stops: halts.filter(({ subjectId }) => subjectId === partnerId).map(({ cause }) => cause as StopCause),
      missingConsents: missing.get(partnerId) ?? [],
    }));
  }

  /**
   * How many of all of them send from a domain of their own, and how many are
   * stopped.
   */
  async countsOf(actor: VendorActor): Promise<SendingCounts> {
    const ids = await this.memberships.activePartners(actor);
    const states = await this.domains.states(ids);
    const stopped = new Set(
      (await this.halts.automaticHalts(systemActor('sending'), ids)).map(({ subjectId }) => subjectId),
    );
    return {
      partners: ids.length,
      ownDomain: [...states.values()].filter((state) => state === 'verified').length,
      stopped: stopped.size,
    };
  }
}
