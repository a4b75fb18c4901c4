import { Injectable } from '@nestjs/common';
import { SendingDomains } from '#brand';
import { Database } from '#database';
import { Relays } from '#delivery';
import { DomainError, type PartnerId, systemActor, type SystemActor, type VendorActor, type VendorId } from '#kernel';
import {
  type RelayConsent,
  type RelayConsentPurpose,
  RelayConsents,
  type PlacedHost,
  type VendorHost,
} from '#organisations';

/** A server of a vendor, with the partner's consent to it. */
export interface VendorServer extends PlacedHost {
  /**
   * In force; null if the partner has not agreed, or has withdrawn it, or if
   * the server has moved.
   */
  readonly consent: Pick<RelayConsent, 'givenBy' | 'givenAt'> | null;
  /**
   * The partner agreed before its address left the networks of then. Not looked
   * at where certificates prove the name.
   */
  readonly hasMoved: boolean;
}

type AskedHost = PlacedHost & { readonly isProved: boolean };

/** `VendorServer` in words, for errors. */
const PURPOSES: Readonly<Record<RelayConsentPurpose, string>> = {
  relay: 'its mail server',
  returns: 'the server that receives replies to its domain',
};

/**
 * The servers of a vendor that see a partner's contacts, and whether the
 * partner has agreed to each.
 */
@Injectable()
export class VendorServers {
  constructor(
    private readonly database: Database,
    private readonly relays: Relays,
    private readonly consents: RelayConsents,
    private readonly domains: SendingDomains,
  ) {}

  /**
   * Reads as a process: a partner's scope does not show a vendor's relays.
   * @param actor a process with the scope of the partner.
   * @throws Error without that scope: consents of other partners would count.
   */
  async list(actor: SystemActor, vendorId: VendorId): Promise<VendorServer[]> {
    if (actor.partnerId === null) throw new Error('Consents are read in the scope of one partner.');
    return this.database.inTransaction(actor, async () => {
      const hosts = await this.hosts(actor, vendorId);
      if (hosts.length === 0) return [];
      const given = (await this.consents.list(actor, vendorId)).filter(({ revokedAt }) => revokedAt === null);
      return hosts.map((asked) => {
        const { purpose, host, networks } = asked;
        const consent = given.find((one) => one.purpose === purpose && one.host === host);
        const hasMoved = consent !== undefined && !isCovered(asked, consent);
        const inForce = consent === undefined || hasMoved ? null : consent;
        return {
          purpose,
          host,
          networks,
          hasMoved,
          consent: inForce === null ? null : { givenBy: inForce.givenBy, givenAt: inForce.givenAt },
        };
      });
    });
  }

  /** As `list`, outside of a transaction of the partner's users. */
  listFor(partnerId: PartnerId, vendorId: VendorId): Promise<VendorServer[]> {
    return this.list(actorFor(partnerId), vendorId);
  }

  /**
   * @throws DomainError `relay.consent` while the partner has not agreed to each
   *   server of the vendor.
   */
  async requireConsent(partnerId: PartnerId, vendorId: VendorId): Promise<void> {
    const missing = lacking(await this.listFor(partnerId, vendorId));
    if (missing.length === 0) return;
    const named = missing.map(({ purpose, host }) => `${host} (${PURPOSES[purpose]})`).join(', ');
    throw new DomainError(
      'relay.consent',
      `The vendor sends this campaign through servers of its own, which see your contacts. You have not agreed to: ${named}. Agree to each on the launch page, or ask an owner or marketer of your organisation.`,
      { vendorId, servers: missing.map(({ purpose, host }) => ({ purpose, host })) },
      { kind: 'conflict' },
    );
  }

  /**
   * For a vendor: the servers that each partner has not agreed to. Partners
   * that have agreed to all are left out.
   */
  async missingOfPartners(
    actor: VendorActor,
    partnerIds: readonly PartnerId[],
  ): Promise<ReadonlyMap<PartnerId, readonly VendorHost[]>> {
    const hosts = await this.hosts(actor, actor.vendorId);
    const ownDomains = await this.domains.states(partnerIds);
    const sendsFromOwn = (id: PartnerId): boolean => (ownDomains.get(id) ?? 'pending') !== 'pending';
    const consents = await this.consents.list(actor, actor.vendorId);
    const given = new Map(
      consents.filter(({ revokedAt }) => revokedAt === null).map((one) => [nameOf(one.partnerId, one), one]),
    );
    const isGiven = (id: PartnerId, host: AskedHost): boolean => {
      const consent = given.get(nameOf(id, host));
      return consent !== undefined && isCovered(host, consent);
    };
    const isNeeded = (id: PartnerId, { purpose }: VendorHost): boolean => purpose === 'relay' || !sendsFromOwn(id);
    const missing = partnerIds.map((id) => {
      const needed = hosts.filter((host) => isNeeded(id, host) && !isGiven(id, host));
      return [id, needed.map(({ purpose, host }) => ({ purpose, host }))] as const;
    });
    return new Map(missing.filter(([, servers]) => servers.length > 0));
  }

  /** The servers that need the partner's consent, by name. */
  private async hosts(actor: VendorActor | SystemActor, vendorId: VendorId): Promise<AskedHost[]> {
    const relays = await this.relays.hostsInUse(actor, vendorId);
    const domain = await this.domains.receivedElsewhere(actor, vendorId);
    return [
      ...relays.map((relay) => ({ purpose: 'relay' as const, ...relay })),
      ...(domain === null ? [] : [{ purpose: 'returns' as const, host: domain, networks: [], isProved: true }]),
    ];
  }
}

/**
 * Whether a consent holds for where the server is. A consent that was given
 * before any check holds for the first networks that are found.
 */
const isCovered = ({ isProved, networks }: AskedHost, { networks: agreed }: PlacedHost): boolean =>
  isProved || agreed.length === 0 || networks.every((network) => agreed.includes(network));

const nameOf = (partnerId: PartnerId, { purpose, host }: VendorHost): string => `${partnerId} ${purpose} ${host}`;

/** A process that acts for the partner. */
export const actorFor = (partnerId: PartnerId): SystemActor => systemActor('relay-consents', { partnerId });

/** The servers without a consent in force. */
export const lacking = (servers: readonly VendorServer[]): VendorServer[] =>
  servers.filter(({ consent }) => consent === null);
