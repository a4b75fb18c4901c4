import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { invalidate, queryKeys } from './query-keys';

const COMPUTED = [queryKeys.returns, queryKeys.insight, queryKeys.attribution, queryKeys.costChoices] as const;

/** Which of the computed results are outdated after a change. */
async function outdatedAfter(...changed: Parameters<typeof invalidate>[1][]) {
  const client = new QueryClient();
  for (const key of COMPUTED) client.setQueryData([...key, 'period=year'], {});
  await invalidate(client, ...changed);
  return COMPUTED.filter((key) => client.getQueryState([...key, 'period=year'])?.isInvalidated === true);
}

describe('results that are computed of a resource', () => {
  it('are read again after a change of deals or leads: sums, returns, the attribution and choices', async () => {
    expect(await outdatedAfter(queryKeys.deals)).toEqual(COMPUTED);
    expect(await outdatedAfter([...queryKeys.leads, 'waiting'])).toEqual(COMPUTED);
  });

  it('are read again after a change of costs: the returns, and what costs can be filtered by', async () => {
    expect(await outdatedAfter(queryKeys.costs)).toEqual([queryKeys.returns, queryKeys.costChoices]);
  });

  it('are read at once where they are shown, but the attribution, which follows the sums', async () => {
    const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
    const read: string[] = [];
    const stops = COMPUTED.map((queryKey) => {
      client.setQueryData(queryKey, {});
      const queryFn = () => Promise.resolve(read.push(queryKey.join('/')));
      return new QueryObserver(client, { queryKey, queryFn }).subscribe(() => undefined);
    });
    await invalidate(client, queryKeys.deals);
    for (const stop of stops) stop();
    expect(read).toEqual(['returns', 'insight', 'costs/choices']);
    client.clear();
  });

  it('stay after a change of anything else', async () => {
    expect(await outdatedAfter(queryKeys.contacts, queryKeys.library)).toEqual([]);
  });
});
