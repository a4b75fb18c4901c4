import { Injectable } from '@nestjs/common';
import { type VendorServer, VendorServers } from '#activations';
import type { PartnerVendorView, VendorServerView } from '#contracts';
import { ChannelManagers } from '#identity';
import { PartnerTerms } from '#joining';
import type { PartnerActor, VendorId } from '#kernel';
import { Distributors, Memberships, Organisations, SharedTotals, type SharedTotalsChoice } from '#organisations';
import { vendorTermsState } from '../joining/terms.view.js';
import { partnershipEndView } from '../partners/partners.view.js';

/** Builds what a partner sees of its vendors. */
@Injectable()
export class PartnerVendorViews {
  constructor(
    private readonly memberships: Memberships,
    private readonly organisations: Organisations,
    private readonly servers: VendorServers,
    private readonly totals: SharedTotals,
    private readonly terms: PartnerTerms,
    private readonly managers: ChannelManagers,
    private readonly distributors: Distributors,
  ) {}

  /** Vendors whose programme the partner has joined, in order of joining. */
  async ids(actor: PartnerActor): Promise<VendorId[]> {
    const own = await this.memberships.allOfPartner(actor, actor.partnerId);
    return [...new Set(own.filter(({ status }) => status === 'active').map(({ vendorId }) => vendorId))];
  }

  /** Its vendors, and those whose programme it has left, in order of joining. */
  async list(actor: PartnerActor): Promise<{ items: PartnerVendorView[] }> {
    const own = await this.memberships.allOfPartner(actor, actor.partnerId);
    const joined = own.filter(({ joinedAt }) => joinedAt !== null);
    const items: PartnerVendorView[] = [];
    for (const id of new Set(joined.map(({ vendorId }) => vendorId))) items.push(await this.get(actor, id));
    return { items };
  }

  /** Names of vendors, also of those whose programme the partner has left. */
  async names(actor: PartnerActor, ids: readonly VendorId[]): Promise<ReadonlyMap<VendorId, string>> {
    const found = await this.organisations.byIds(actor, [...new Set(ids)]);
    return new Map([...found].map(([id, { name }]) => [id as VendorId, name]));
  }

  /** @throws DomainError `organisation.not-found` */
  async get(actor: PartnerActor, vendorId: VendorId): Promise<PartnerVendorView> {
    const { name } = await this.organisations.get(actor, vendorId);
    const servers = await this.servers.listFor(actor.partnerId, vendorId);
    const choice = (await this.totals.list(actor)).find((one) => one.vendorId === vendorId);
    const own = (await this.memberships.allOfPartner(actor, actor.partnerId)).filter(
      (one) => one.vendorId === vendorId,
    );
    const manager = await this.managers.ofPartner(actor, vendorId);
    const member = own.find(({ status }) => status === 'active') ?? own[0];
    const terms = member?.status === 'active' ? await this.terms.find(actor, vendorId) : null;
    return {
      vendorId,
      name,
      isMember: member?.status === 'active',
      end: member === undefined ? null : partnershipEndView(member),
      terms: terms === null ? null : vendorTermsState(terms),
      manager: manager === null ? null : { name: manager.name, email: manager.email },
      distributor: (await this.distributors.above(actor, vendorId))?.name ?? null,
      totals: totalsChoiceView(choice),
      servers: servers.map(vendorServerView),
    };
  }
}

const totalsChoiceView = (choice: SharedTotalsChoice | undefined): PartnerVendorView['totals'] => ({
  isShared: choice?.isShared ?? false,
  changedBy: choice?.changedBy ?? null,
  changedAt: choice?.changedAt.toISOString() ?? null,
});

const vendorServerView = ({ purpose, host, hasMoved, consent }: VendorServer): VendorServerView => ({
  purpose,
  host,
  hasMoved,
  consent: consent === null ? null : { givenBy: consent.givenBy, givenAt: consent.givenAt.toISOString() },
});
