import fc from 'fast-check';
import type { VendorDealSums } from '#contracts';
import { groupBy } from '#kernel';
import { addDays } from '../window.js';
import type { Told } from './disclosable.fixture.js';
import { isDisclosable } from './disclosable.js';

/** A deal as its partner has entered it, and what of it is in sums. */
export interface ModelDeal {
  stage: 'won' | 'lost' | 'negotiation';
  amount: number;
  refunded: number;
  currency: 'EUR' | 'USD';
  /** Null: open. */
  closedOn: string | null;
  isShown: boolean;
  /** It never changes again. */
  isWithdrawn: boolean;
  /** By currency and by the first day of the consent. */
  readonly told: Map<string, Map<string, bigint>>;
}

/** A partner with its consents. */
export interface ModelPartner {
  isCounted: boolean;
  sinceOn: string;
  showsTotals: boolean;
  isMember: boolean;
  joinedOn: string;
  readonly deals: ModelDeal[];
}

/** What happens to a partner or a deal between two readings. A deal is named by any number. */
export type Change =
  | { readonly kind: 'refund'; readonly deal: number; readonly percent: number }
  | { readonly kind: 'amend'; readonly deal: number; readonly amount: number }
  | { readonly kind: 'move'; readonly deal: number; readonly days: number }
  | {
      readonly kind: 'win' | 'lose' | 'reopen' | 'withdraw' | 'pay in other money' | 'agree again' | 'show' | 'hide';
      readonly deal: number;
    }
  | { readonly kind: 'count' | 'show totals' | 'belong'; readonly partner: number; readonly is: boolean };

/** Four weeks: a deal of each partner, with its day in them, and then changes. Zero: no deal. */
export interface ModelSpan {
  readonly wins: readonly { readonly amount: number; readonly day: number }[];
  readonly changes: readonly Change[];
}

const MEMBER_DAYS = 30;
const sumOf = (some: Iterable<bigint>): bigint => [...some].reduce((sum, one) => sum + one, 0n);
const toldIn = (deal: ModelDeal, currency: string): bigint => sumOf(deal.told.get(currency)?.values() ?? []);

/** What a sum would add of a deal, in one currency. Below zero: it is taken back. */
interface OpenAmount {
  readonly partner: number;
  readonly deal: ModelDeal;
  readonly currency: string;
  readonly open: bigint;
}

/**
 * The rules of sums without names, in memory: what a vendor is told, if each amount is in one sum at most. Written
 * from docs/consents.md and apart from the SQL, which has to give the same.
 */
export class SumsModel {
  readonly sums: VendorDealSums['sums'][number][] = [];
  /** By currency. */
  readonly told = new Map<string, Told[]>();

  constructor(readonly partners: readonly ModelPartner[]) {}

  /** The sums of the four weeks that end on a day. */
  tell(endsOn: string): void {
    const open = this.partners.flatMap((partner, at) =>
      isIn(partner, endsOn) ? partner.deals.flatMap((deal) => openOf(partner, deal, endsOn, at)) : [],
    );
    for (const [currency, own] of groupBy(open, (one) => one.currency)) {
      const parts = this.partners.map((_, at) => sumOf(own.flatMap((one) => (one.partner === at ? one.open : []))));
      if (!isDisclosable(parts.map((minorUnits) => ({ minorUnits })))) continue;
      const sum = sumOf(parts);
      this.sums.push({
        endsOn,
        currency,
        partners: parts.filter((part) => part !== 0n).length,
        minorUnits: Number(sum),
      });
      this.told.set(currency, [...(this.told.get(currency) ?? []), { sum, parts }]);
      for (const one of own) if (parts[one.partner] !== 0n) note(one, this.partners[one.partner]?.sinceOn ?? '');
    }
  }
}

function note({ deal, currency, open }: OpenAmount, sinceOn: string): void {
  const bySince = deal.told.get(currency) ?? new Map<string, bigint>();
  deal.told.set(currency, bySince.set(sinceOn, (bySince.get(sinceOn) ?? 0n) + open));
}

/** Whether a partner can be in a sum: the vendor knows nothing by name that would be in it. */
function isIn({ isCounted, showsTotals, isMember, joinedOn, sinceOn, deals }: ModelPartner, endsOn: string): boolean {
  if (!isCounted || showsTotals || !isMember || joinedOn >= addDays(endsOn, 1 - MEMBER_DAYS)) return false;
  return !deals.some((deal) => {
    if (!deal.isShown) return false;
    const { closedOn } = deal;
    const isSince = closedOn !== null && closedOn >= sinceOn;
    const consents = [...deal.told.values()].flatMap((bySince) => [...bySince.keys()]);
    return (
      (deal.stage === 'won' && isSince && closedOn <= endsOn) ||
      consents.some((consent) => consent === sinceOn || isSince)
    );
  });
}

/** What a sum would add of a deal: all that is new of it, or else what this consent has added, taken back. */
function openOf({ sinceOn }: ModelPartner, deal: ModelDeal, endsOn: string, partner: number): OpenAmount[] {
  const { closedOn, stage, isWithdrawn } = deal;
  const isTold = [...deal.told.keys()].some((currency) => toldIn(deal, currency) !== 0n);
  const counts =
    !isWithdrawn && stage === 'won' && closedOn !== null && closedOn >= sinceOn && (closedOn <= endsOn || isTold);
  return ['EUR', 'USD'].flatMap((currency) => {
    const now = counts && deal.currency === currency ? BigInt(deal.amount - deal.refunded) : 0n;
    const before = counts ? toldIn(deal, currency) : (deal.told.get(currency)?.get(sinceOn) ?? 0n);
    return now === before ? [] : [{ partner, deal, currency, open: now - before }];
  });
}

export const MODEL_PARTNERS = 9;

const aPartner = fc.nat({ max: MODEL_PARTNERS - 1 });
const anAmount = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 8, arbitrary: fc.integer({ min: 1000, max: 3000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 20_000, max: 90_000 }) },
);
/** Some of one deal and of its partner's consent: what hides a deal from a simple query needs several of them. */
const story: fc.Arbitrary<Change[]> = fc
  .tuple(
    fc.nat({ max: 60 }),
    fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('refund'), percent: fc.integer({ min: 0, max: 100 }) }),
        fc.record({ kind: fc.constant('amend'), amount: fc.integer({ min: 500, max: 5000 }) }),
        { weight: 2, arbitrary: fc.record({ kind: fc.constant('move'), days: fc.integer({ min: -70, max: 90 }) }) },
        { weight: 2, arbitrary: fc.record({ kind: fc.constant('agree again') }) },
        fc.record({ kind: fc.constantFrom('win', 'lose', 'reopen', 'withdraw', 'pay in other money', 'show', 'hide') }),
      ),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([deal, changes]) => changes.map((change) => ({ ...change, deal })));
const choice: fc.Arbitrary<Change[]> = fc
  .record({ kind: fc.constantFrom('count', 'show totals', 'belong'), partner: aPartner, is: fc.boolean() })
  .map((change) => [change]);

/** Nine partners over five times four weeks. */
export const anyHistory: fc.Arbitrary<readonly ModelSpan[]> = fc.array(
  fc.record({
    wins: fc.array(fc.record({ amount: anAmount, day: fc.nat({ max: 27 }) }), {
      minLength: MODEL_PARTNERS,
      maxLength: MODEL_PARTNERS,
    }),
    changes: fc
      .array(fc.oneof({ weight: 3, arbitrary: story }, { weight: 1, arbitrary: choice }), { maxLength: 4 })
      .map((all) => all.flat()),
  }),
  { minLength: 5, maxLength: 5 },
);
