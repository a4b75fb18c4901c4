import { jest } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import { queryKeys } from '../shared/query-keys';
import { refreshAfterChanges } from './refresh-states';

const LISTS = [queryKeys.activations, queryKeys.leads, queryKeys.dryRuns] as const;

describe('after a change', () => {
  let client: QueryClient;
  beforeEach(() => {
    jest.useFakeTimers();
    client = new QueryClient({ mutationCache: refreshAfterChanges(() => client) });
    fill();
  });
  afterEach(() => {
    jest.useRealTimers();
    client.clear();
  });

  const fill = (): void => {
    for (const key of LISTS) client.setQueryData(key, []);
  };
  const outdated = (): boolean[] => LISTS.map((key) => client.getQueryState(key)?.isInvalidated === true);
  const change = (mutationKey: readonly string[] | undefined, work: () => Promise<unknown>): Promise<unknown> =>
    client
      .getMutationCache()
      .build(client, { mutationFn: work, ...(mutationKey === undefined ? {} : { mutationKey }) })
      .execute(undefined)
      .catch(() => undefined);

  it('states are outdated at once, and again after its jobs; computed things are not', async () => {
    await change(undefined, () => Promise.resolve());
    expect(outdated()).toEqual([true, true, false]);
    fill();
    expect(outdated()).toEqual([false, false, false]);
    jest.advanceTimersByTime(3_000);
    expect(outdated()).toEqual([true, true, false]);
  });

  it('that is refused, they are outdated too', async () => {
    await change(undefined, () => Promise.reject(new Error('refused')));
    expect(outdated()).toEqual([true, true, false]);
  });

  it('a list is left to its own optimistic change in flight', async () => {
    let finish = (): void => undefined;
    const slow = change(queryKeys.leads, () => new Promise<void>((resolve) => (finish = resolve)));
    await change(undefined, () => Promise.resolve());
    expect(outdated()).toEqual([true, false, false]);
    finish();
    await slow;
  });
});
