import { Injectable } from '@nestjs/common';
import type { NewCost } from '#contracts';
import { type CostBearer, Costs } from '#insight';
import { Clock, DAY_MS } from '#kernel';
import type { Seed } from './seed-file.js';
import type { SeededPartner } from './seed-partners.service.js';
import { actorOf, type SeededVendor } from './seeded-vendor.js';

/** A sample cost; days count from the start. */
interface SampleCost extends Omit<NewCost, 'from' | 'to'> {
  /** Place of the campaign among those that the owner has launched or published, newest first; absent: none. */
  readonly ofCampaign?: number;
  readonly fromDaysAgo: number;
  readonly toDaysAgo?: number;
}

const EUR = (minorUnits: number): NewCost['amount'] => ({ minorUnits, currency: 'EUR' });
const USD = (minorUnits: number): NewCost['amount'] => ({ minorUnits, currency: 'USD' });

const OF_PARTNERS: Readonly<Record<string, readonly SampleCost[]>> = {
  brightwater: [
    {
      description: 'Landing page texts',
      amount: USD(180_000),
      fromDaysAgo: 20,
      tactic: 'page',
      reference: 'B-101',
      ofCampaign: 0,
    },
    { description: 'Printed checklists', amount: USD(96_000), fromDaysAgo: 9, tactic: 'document', ofCampaign: 1 },
    { description: 'Marketing agency', amount: USD(240_000), fromDaysAgo: 55, toDaysAgo: 0 },
  ],
  kessler: [
    { description: 'Hausmesse', amount: EUR(420_000), fromDaysAgo: 14, reference: 'RE-2201', ofCampaign: 0 },
    { description: 'Übersetzung der Newsletter', amount: EUR(65_000), fromDaysAgo: 18, tactic: 'email', ofCampaign: 1 },
  ],
};
const OF_VENDOR: readonly SampleCost[] = [
  {
    description: 'Campaign design',
    amount: EUR(650_000),
    fromDaysAgo: 83,
    toDaysAgo: 0,
    reference: 'PO-7001',
    ofCampaign: 1,
  },
  {
    description: 'Photography',
    amount: EUR(180_000),
    fromDaysAgo: 40,
    tactic: 'document',
    reference: 'PO-7002',
    ofCampaign: 2,
  },
];

/** What sample partners and their vendor paid for marketing. */
@Injectable()
export class SeedCosts {
  constructor(
    private readonly clock: Clock,
    private readonly costs: Costs,
  ) {}

  async addForPartner({ partner, actor }: SeededPartner): Promise<void> {
    await this.enter(actor, OF_PARTNERS[partner.key] ?? []);
  }

  async addForVendor(seed: Seed, vendor: SeededVendor): Promise<void> {
    const marketer = seed.vendor.people.find(({ role }) => role === 'marketer');
    const actor = actorOf(vendor, 'marketer', marketer?.name ?? seed.vendor.name);
    await this.enter(actor, OF_VENDOR);
  }

  private async enter(actor: CostBearer, samples: readonly SampleCost[]): Promise<void> {
    if (samples.length === 0) return;
    const { campaigns } = await this.costs.choices(actor);
    for (const { ofCampaign, fromDaysAgo, toDaysAgo = fromDaysAgo, ...cost } of samples)
      await this.costs.add(actor, {
        ...cost,
        campaignId: ofCampaign === undefined ? null : (campaigns[ofCampaign]?.id ?? null),
        from: this.day(fromDaysAgo),
        to: this.day(toDaysAgo),
      });
  }

  private day(daysAgo: number): string {
    return new Date(this.clock.now().getTime() - daysAgo * DAY_MS).toISOString().slice(0, 10);
  }
}
