import { Injectable } from '@nestjs/common';
import type { ChangeDeal } from '#contracts';
import { Clock, DAY_MS } from '#kernel';
import { DealImports, type ImportedDeal, Leads } from '#leads';
import { type Seed, seedContacts } from './seed-file.js';
import type { SeededPartner } from './seed-partners.service.js';

/** A sample deal of a partner's contact; days count from the start. */
interface SampleDeal {
  readonly change: ChangeDeal;
  readonly closedDaysAgo?: number;
  readonly expectedInDays?: number;
}

const EUR = (minorUnits: number): ChangeDeal['amount'] => ({ minorUnits, currency: 'EUR' });

const SAMPLES: Readonly<Record<string, readonly SampleDeal[]>> = {
  brightwater: [
    { change: { stage: 'won', amount: EUR(1_840_000), products: ['Branch router'] }, closedDaysAgo: 12 },
    { change: { stage: 'won', amount: EUR(629_050), products: ['Security check'] }, closedDaysAgo: 5 },
    { change: { stage: 'proposal', amount: EUR(2_400_000) }, expectedInDays: 30 },
    { change: { stage: 'lost', amount: EUR(950_000), lostReason: 'no-budget' }, closedDaysAgo: 3 },
  ],
  kessler: [
    { change: { stage: 'won', amount: EUR(1_290_000), products: ['Branch router'] }, closedDaysAgo: 8 },
    { change: { stage: 'negotiation', amount: EUR(3_150_000) }, expectedInDays: 14 },
    { change: { stage: 'proposal', amount: EUR(870_000) }, expectedInDays: -4 },
    { change: { stage: 'lost', amount: EUR(480_000), lostReason: 'competitor' }, closedDaysAgo: 6 },
  ],
};

/** Deals of two sample partners without a history: won, open and lost, as from their CRM. */
@Injectable()
export class SeedDeals {
  constructor(
    private readonly clock: Clock,
    private readonly leads: Leads,
    private readonly imports: DealImports,
  ) {}

  async add(seed: Seed, { partner, actor }: SeededPartner): Promise<void> {
    const samples = SAMPLES[partner.key] ?? [];
    if (samples.length === 0) return;
    // In a history deals came of leads, which gives them touches and campaigns.
    if ((await this.leads.list(actor, { limit: 1, beforeId: null, waiting: false })).length > 0) return;
    const contacts = seedContacts(seed, partner);
    const rows = samples.map(({ change, closedDaysAgo, expectedInDays }, at): ImportedDeal => ({
      line: at + 1,
      externalId: `CRM-${1001 + at}`,
      email: contacts[at]?.email ?? null,
      change: {
        ...change,
        ...(closedDaysAgo === undefined ? {} : { closedOn: this.day(-closedDaysAgo) }),
        ...(expectedInDays === undefined ? {} : { expectedOn: this.day(expectedInDays) }),
      },
      faults: [],
    }));
    await this.imports.apply(actor, rows, null);
  }

  private day(fromNow: number): string {
    return new Date(this.clock.now().getTime() + fromNow * DAY_MS).toISOString().slice(0, 10);
  }
}
