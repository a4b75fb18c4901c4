import { Injectable } from '@nestjs/common';
import type { NewCost } from '#contracts';
import { type CostBearer, Costs } from '#insight';
import { Clock, DAY_MS } from '#kernel';
import type { Seed } from './seed-file.js';
import type { SeededPartner } from './seed-partners.service.js';
import { actorOf, type SeededVendor } from './seeded-vendor.js';

/** A sample cost; days count from the start. */
interface SampleCost extends Omit<NewCost, 'from' | 'to'> {
  /** English title of a campaign that the owner has launched or published; absent: of none. */
  readonly ofCampaign?: string;
  /** Name of the partner that it was spent for; absent: no single one. */
  readonly forPartner?: string;
  readonly fromDaysAgo: number;
  readonly toDaysAgo?: number;
}

const ZERO_TRUST = 'Zero trust at the edge';
const CLOUD_COST = 'Cloud cost clarity';
const EUR = (minorUnits: number): NewCost['amount'] => ({ minorUnits, currency: 'EUR' });

const OF_PARTNERS: Readonly<Record<string, readonly SampleCost[]>> = {
  brightwater: [
    {
      description: 'Landing page texts',
      amount: EUR(180_000),
      fromDaysAgo: 24,
      tactic: 'page',
      reference: 'B-101',
      ofCampaign: ZERO_TRUST,
    },
    {
      description: 'Online advertising',
      amount: EUR(640_000),
      fromDaysAgo: 38,
      toDaysAgo: 3,
      tactic: 'social',
      ofCampaign: ZERO_TRUST,
    },
    {
      description: 'Printed checklists',
      amount: EUR(196_000),
      fromDaysAgo: 6,
      tactic: 'document',
      ofCampaign: CLOUD_COST,
    },
    { description: 'Marketing agency', amount: EUR(240_000), fromDaysAgo: 55, toDaysAgo: 0 },
  ],
  kessler: [
    { description: 'Hausmesse', amount: EUR(820_000), fromDaysAgo: 24, reference: 'RE-2201', ofCampaign: ZERO_TRUST },
    {
      description: 'Übersetzung der E-Mails',
      amount: EUR(165_000),
      fromDaysAgo: 6,
      tactic: 'email',
      ofCampaign: CLOUD_COST,
    },
  ],
};
const OF_VENDOR: readonly SampleCost[] = [
  {
    description: 'Campaign design',
    amount: EUR(1_450_000),
    fromDaysAgo: 83,
    toDaysAgo: 36,
    reference: 'PO-7001',
    ofCampaign: ZERO_TRUST,
  },
  {
    description: 'Photography',
    amount: EUR(480_000),
    fromDaysAgo: 20,
    tactic: 'document',
    reference: 'PO-7002',
    ofCampaign: CLOUD_COST,
  },
  {
    description: 'Trade fair stand',
    amount: EUR(650_000),
    fromDaysAgo: 24,
    reference: 'PO-7003',
    forPartner: 'Kessler Systemhaus',
  },
  {
    description: 'Online advertising',
    amount: EUR(220_000),
    fromDaysAgo: 30,
    toDaysAgo: 9,
    tactic: 'social',
    reference: 'PO-7004',
    ofCampaign: ZERO_TRUST,
    forPartner: 'Southern Cross IT',
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
    const { campaigns, partners } = await this.costs.choices(actor);
    for (const { ofCampaign, forPartner, fromDaysAgo, toDaysAgo = fromDaysAgo, ...cost } of samples)
      await this.costs.add(actor, {
        ...cost,
        campaignId: campaigns.find(({ title }) => title === ofCampaign)?.id ?? null,
        partnerId: partners.find(({ name }) => name === forPartner)?.id ?? null,
        from: this.day(fromDaysAgo),
        to: this.day(toDaysAgo),
      });
  }

  private day(daysAgo: number): string {
    return new Date(this.clock.now().getTime() - daysAgo * DAY_MS).toISOString().slice(0, 10);
  }
}
