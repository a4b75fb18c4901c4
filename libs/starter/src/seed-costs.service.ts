import { Injectable } from '@nestjs/common';
import type { NewCost } from '#contracts';
import { Costs } from '#insight';
import { Clock, DAY_MS } from '#kernel';
import type { Seed } from './seed-file.js';
import type { SeededPartner } from './seed-partners.service.js';
import { actorOf, type SeededVendor } from './seeded-vendor.js';

/** A sample cost; days count from the start. */
interface SampleCost extends Omit<NewCost, 'from' | 'to'> {
  readonly fromDaysAgo: number;
  readonly toDaysAgo?: number;
}

const EUR = (minorUnits: number): NewCost['amount'] => ({ minorUnits, currency: 'EUR' });
const USD = (minorUnits: number): NewCost['amount'] => ({ minorUnits, currency: 'USD' });

const OF_PARTNERS: Readonly<Record<string, readonly SampleCost[]>> = {
  brightwater: [
    { description: 'Landing page texts', amount: USD(180_000), fromDaysAgo: 20, tactic: 'page', reference: 'B-101' },
    { description: 'Printed checklists', amount: USD(96_000), fromDaysAgo: 9, tactic: 'document' },
    { description: 'Marketing agency', amount: USD(240_000), fromDaysAgo: 55, toDaysAgo: 0 },
  ],
  kessler: [
    { description: 'Hausmesse', amount: EUR(420_000), fromDaysAgo: 14, reference: 'RE-2201' },
    { description: 'Übersetzung der Newsletter', amount: EUR(65_000), fromDaysAgo: 18, tactic: 'email' },
  ],
};
const OF_VENDOR: readonly SampleCost[] = [
  { description: 'Campaign design', amount: USD(1_250_000), fromDaysAgo: 83, toDaysAgo: 0, reference: 'PO-7001' },
  { description: 'Photography', amount: USD(380_000), fromDaysAgo: 40, tactic: 'document', reference: 'PO-7002' },
];

/** What sample partners and their vendor paid for marketing. */
@Injectable()
export class SeedCosts {
  constructor(
    private readonly clock: Clock,
    private readonly costs: Costs,
  ) {}

  async addForPartner({ partner, actor }: SeededPartner): Promise<void> {
    for (const sample of OF_PARTNERS[partner.key] ?? []) await this.costs.add(actor, this.costOf(sample));
  }

  async addForVendor(seed: Seed, vendor: SeededVendor): Promise<void> {
    const marketer = seed.vendor.people.find(({ role }) => role === 'marketer');
    const actor = actorOf(vendor, 'marketer', marketer?.name ?? seed.vendor.name);
    for (const sample of OF_VENDOR) await this.costs.add(actor, this.costOf(sample));
  }

  private costOf({ fromDaysAgo, toDaysAgo = fromDaysAgo, ...cost }: SampleCost): NewCost {
    return { ...cost, from: this.day(fromDaysAgo), to: this.day(toDaysAgo) };
  }

  private day(daysAgo: number): string {
    return new Date(this.clock.now().getTime() - daysAgo * DAY_MS).toISOString().slice(0, 10);
  }
}
