import { MutationCache, type QueryClient } from '@tanstack/react-query';
import { queryKeys } from '../shared/query-keys';

/** Jobs do the rest of a change: stopping activations, counting, sending. */
const JOBS_MS = 3_000;

/** What shows states of things that other changes move. Cheap to read. */
const STATES: ReadonlySet<unknown> = new Set(
  [
    queryKeys.activations,
    queryKeys.activationDetails,
    queryKeys.campaigns,
    queryKeys.campaign(''),
    queryKeys.campaignVersions,
    queryKeys.contactDetails,
    queryKeys.contacts,
    queryKeys.contactLists,
    queryKeys.leads,
    queryKeys.offers,
    queryKeys.partners,
    queryKeys.readyPosts,
    queryKeys.suppressions,
    queryKeys.vendors,
  ].map(([resource]) => resource),
);

/**
 * Refetches the shown states after each change, whatever screen made it: at
 * once, and again after the jobs of the change. A refused change tells that
 * what is shown is outdated, so it refetches, too. A list with an optimistic
 * change in flight is left to that change.
 */
export function refreshAfterChanges(client: () => QueryClient): MutationCache {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = (): void =>
    void client().invalidateQueries({
      predicate: ({ queryKey: [resource] }) =>
        STATES.has(resource) && client().isMutating({ mutationKey: [resource] }) === 0,
    });
  return new MutationCache({
    onSettled: () => {
      refresh();
      clearTimeout(timer);
      timer = setTimeout(refresh, JOBS_MS);
    },
  });
}
