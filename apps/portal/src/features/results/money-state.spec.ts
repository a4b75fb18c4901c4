import { moneyState, tacticState } from './money-state';

const EUR = (minorUnits: number) => [{ minorUnits, currency: 'EUR' }];
const deals = (won: number, wonDeals = 1) => ({
  won: EUR(won),
  open: [],
  lost: [],
  wonDeals,
  openDeals: 0,
  lostDeals: 0,
});
type Insight = NonNullable<Parameters<typeof moneyState>[0]>;
type Campaign = Insight['campaigns'][number];
const insight = (money: Insight['money'], campaigns: readonly { campaignId: string; money: Campaign['money'] }[]) =>
  ({ money, campaigns: campaigns as Campaign[] }) as const;

describe('what the attribution is read again for', () => {
  const before = insight(deals(500), [{ campaignId: 'a', money: deals(500) }]);

  it('is a deal, a refund, and a deal of another campaign', () => {
    const others = [
      insight(deals(900, 2), [{ campaignId: 'a', money: deals(900, 2) }]),
      insight(deals(400), [{ campaignId: 'a', money: deals(400) }]),
      insight(deals(500), [{ campaignId: 'b', money: deals(500) }]),
    ];
    expect(new Set([before, ...others].map(moneyState)).size).toBe(4);
  });

  it('is not another answer with the same deals, such as one with more clicks', () => {
    const campaigns = [{ campaignId: 'a', money: deals(500), clicked: 7 }];
    expect(moneyState(insight(deals(500), campaigns))).toBe(moneyState(before));
  });

  it('is nothing while the deals are not known', () => {
    expect(moneyState(undefined)).toBeNull();
    expect(tacticState(undefined)).toBeNull();
  });
});

describe('what returns by costly models are read again for', () => {
  it('is a cost of a tactic, or what it brought by the cheap one', () => {
    const tactic = (costs: number, won: number) => ({
      tactics: [
        { tactic: 'email', costs: EUR(costs), won: EUR(won), roi: null, withoutRoi: null },
      ] as unknown as NonNullable<Parameters<typeof tacticState>[0]>['tactics'],
    });
    expect(new Set([tactic(1, 2), tactic(2, 2), tactic(1, 3), tactic(1, 2)].map(tacticState)).size).toBe(3);
  });
});
