/** Which deals a figure of results adds up. */
interface FigureOfDeals {
  readonly state: 'won' | 'open' | 'lost';
  /** Days on which they closed; open deals are of no period. */
  readonly from: string;
  readonly to: string;
  /** Absent: of all campaigns; null: of none. */
  readonly campaignId?: string | null | undefined;
}

/** The list of the deals that a figure adds up: the sum of the list is the figure. */
export function dealsBehind({ state, from, to, campaignId }: FigureOfDeals): string {
  const query = new URLSearchParams({ stage: state });
  if (state !== 'open') {
    query.set('closedFrom', from);
    query.set('closedTo', to);
  }
  if (campaignId !== undefined) query.set('campaignId', campaignId ?? 'none');
  return `/deals?${query}`;
}
