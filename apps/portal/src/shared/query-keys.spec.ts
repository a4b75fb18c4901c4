import { QueryClient } from '@tanstack/react-query';
import { invalidate, queryKeys } from './query-keys';

const COMPUTED = [queryKeys.returns, queryKeys.insight, queryKeys.attribution] as const;

/** Which of the computed results are outdated after a change. */
async function outdatedAfter(...changed: Parameters<typeof invalidate>[1][]) {
  const client = new QueryClient();
  for (const key of COMPUTED) client.setQueryData([...key, 'period=year'], {});
  await invalidate(client, ...changed);
  return COMPUTED.filter((key) => client.getQueryState([...key, 'period=year'])?.isInvalidated === true);
}

describe('results that are computed of a resource', () => {
  it('are read again after a change of deals or leads: sums, returns and the attribution', async () => {
    expect(await outdatedAfter(queryKeys.deals)).toEqual(COMPUTED);
    expect(await outdatedAfter([...queryKeys.leads, 'waiting'])).toEqual(COMPUTED);
  });

  it('are read again after a change of costs: the returns alone', async () => {
    expect(await outdatedAfter(queryKeys.costs)).toEqual([queryKeys.returns]);
  });

  it('stay after a change of anything else', async () => {
    expect(await outdatedAfter(queryKeys.contacts, queryKeys.library)).toEqual([]);
  });
});
