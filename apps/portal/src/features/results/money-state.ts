import type { PartnerInsight, PartnerReturns } from '#contracts';

/** Changes with the sums and numbers of deals of a period, of all campaigns and of each. */
export const moneyState = (insight: Pick<PartnerInsight, 'money' | 'campaigns'> | undefined): string | null =>
  insight === undefined
    ? null
    : JSON.stringify([insight.money, insight.campaigns.map(({ campaignId, money }) => [campaignId, money])]);

/** Changes with what tactics cost and brought. */
export const tacticState = (returns: Pick<PartnerReturns, 'tactics'> | undefined): string | null =>
  returns === undefined ? null : JSON.stringify(returns.tactics);
