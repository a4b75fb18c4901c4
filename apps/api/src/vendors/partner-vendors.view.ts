import { Injectable } from '@nestjs/common';
import { type VendorServer, VendorServers } from '#activations';
import type { PartnerVendorView, VendorServerView } from '#contracts';
import { ChannelManagers } from '#identity';
import { PartnerTerms } from '#joining';
import type { PartnerActor, VendorId } from '#kernel';
import {
  CountedDeals,
  type CountedDealsChoice,
  Distributors,
  Memberships,
  Organisations,
  SharedTotals,
  type SharedTotalsChoice,
} from '#organisations';
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
    private readonly countedDeals: CountedDeals,
  ) {}

  /** Vendors whose programme the partner has joined, in order of joining. */
  async ids(actor: PartnerActor): Promise<VendorId[]> {
    const own = await this.memberships.allOfPartner(actor, actor.partnerId);
    return [...new Set(own.filter(({ status }) => status === 'active').map(({ vendorId }) => vendorId))];
  }

  /** Its vendors, and those whose programme it has left, in order of joining. */
  async list(actor: PartnerActor): Promise<{ items: PartnerVendorView[] }> {
    const known = await this.known(actor);
    const joined = known.memberships.filter(({ joinedAt }) => joinedAt !== null);
    const ids = [...new Set(joined.map(({ vendorId }) => vendorId))];
    const names = await this.names(actor, ids);
    const items: PartnerVendorView[] = [];
    for (const id of ids) items.push(await this.view(actor, { id, name: names.get(id) ?? '' }, known));
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
    return this.view(actor, { id: vendorId, name }, await this.known(actor));
  }

  /** What the views of any number of vendors are made of. */
  private async known(actor: PartnerActor): Promise<Known> {
    return {
      memberships: await this.memberships.allOfPartner(actor, actor.partnerId),
      totals: await this.totals.list(actor),
      countedDeals: await this.countedDeals.list(actor),
    };
  }

  private async view(
    actor: PartnerActor,
    { id, name }: { readonly id: VendorId; readonly name: string },
    { memberships, totals, countedDeals }: Known,
  ): Promise<PartnerVendorView> {
    const own = memberships.filter(({ vendorId }) => vendorId === id);
    const manager = await this.managers.ofPartner(actor, id);
    const member = own.find(({ status }) => status === 'active') ?? own[0];
    const terms = member?.status === 'active' ? await this.terms.find(actor, id) : null;
    return {
      vendorId: id,
      name,
      isMember: member?.status === 'active',
      end: member === undefined ? null : partnershipEndView(member),
      terms: terms === null ? null : vendorTermsState(terms),
      manager: manager === null ? null : { name: manager.name, email: manager.email },
      distributor: (await this.distributors.above(actor, id))?.name ?? null,
      totals: totalsChoiceView(totals.find(({ vendorId }) => vendorId === id)),
      countedDeals: countedDealsView(countedDeals.find(({ vendorId }) => vendorId === id)),
      servers: (await this.servers.listFor(actor.partnerId, id)).map(vendorServerView),
    };
  }
}

interface Known {
  readonly memberships: Awaited<ReturnType<Memberships['allOfPartner']>>;
  readonly totals: readonly SharedTotalsChoice[];
  readonly countedDeals: readonly CountedDealsChoice[];
}

const totalsChoiceView = (choice: SharedTotalsChoice | undefined): PartnerVendorView['totals'] => ({
  isShared: choice?.isShared ?? false,
  wording: choice?.isShared === true ? choice.wording : null,
  changedBy: choice?.changedBy ?? null,
  changedAt: choice?.changedAt.toISOString() ?? null,
});

const countedDealsView = (choice: CountedDealsChoice | undefined): PartnerVendorView['countedDeals'] => ({
  isCounted: choice?.isCounted ?? false,
  changedBy: choice?.changedBy ?? null,
  changedAt: choice?.changedAt.toISOString() ?? null,
});

const vendorServerView = ({ purpose, host, hasMoved, consent }: VendorServer): VendorServerView => ({
  purpose,
  host,
  hasMoved,
  consent: consent === null ? null : { givenBy: consent.givenBy, givenAt: consent.givenAt.toISOString() },
});
