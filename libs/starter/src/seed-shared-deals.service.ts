import { Injectable } from '@nestjs/common';
import type { DealFilter, DealRole } from '#contracts';
import { type Deal, Deals, DealShares, SharedDeals } from '#leads';
import type { SeededPartner } from './seed-partners.service.js';

/** The largest deal of a partner in a stage, in which another one takes part. Partners are named by their keys. */
interface SampleShare {
  readonly owner: string;
  readonly participant: string;
  readonly role: DealRole;
  readonly stage: NonNullable<DealFilter['stage']>;
  /** What others read instead of the contact. */
  readonly name: string;
  /** Shown to the vendor, too. */
  readonly isShown: boolean;
  /** How much of it is paid back; null: nothing. */
  readonly refundPercent: number | null;
}

const SHARES: readonly SampleShare[] = [
  {
    owner: 'brightwater',
    participant: 'kessler',
    role: 'influenced',
    stage: 'won',
    name: 'New routers for five branches',
    isShown: true,
    refundPercent: 10,
  },
  {
    owner: 'kessler',
    participant: 'brightwater',
    role: 'sourced',
    stage: 'open',
    name: 'Netz für drei Standorte',
    isShown: false,
    refundPercent: null,
  },
];

/** Deals of a history in which two partners took part, one of them with a refund. Other deals have no programme. */
@Injectable()
export class SeedSharedDeals {
  constructor(
    private readonly deals: Deals,
    private readonly shares: DealShares,
    private readonly shared: SharedDeals,
  ) {}

  async add(partners: readonly SeededPartner[]): Promise<void> {
    const actorOf = (key: string) => partners.find(({ partner }) => partner.key === key)?.actor;
    for (const sample of SHARES) {
      const [owner, participant] = [actorOf(sample.owner), actorOf(sample.participant)];
      if (owner === undefined || participant === undefined) continue;
      const { stage, name, role } = sample;
      const [deal] = await this.deals.list(owner, { limit: 1, beforeId: null, stage, sort: '-amount' });
      if (deal === undefined || deal.activationId === null) continue;
      const refund = refundOf(deal, sample.refundPercent);
      if (refund > 0) await this.deals.refund(owner, deal.id, refund);
      if (sample.isShown) await this.shares.showToVendor(owner, deal.id, name);
      const { invitation } = await this.shares.invite(owner, deal.id, { name, role });
      await this.shared.accept(participant, invitation);
    }
  }
}

/** In whole units of currencies with cents. */
const refundOf = ({ amount }: Deal, percent: number | null): number =>
  Math.floor(((amount?.minorUnits ?? 0) * (percent ?? 0)) / 10_000) * 100;
