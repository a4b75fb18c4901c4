import { useQuery } from '@tanstack/react-query';
import type { DryRunView } from '#contracts';
import { queryKeys } from '../../../shared/query-keys';
import { startDryRun } from '../api';
import type { Plan } from './plan';

const GO_ON_MS = 250;
/** Refetched while visible, to detect an outdated forecast. */
const LOOK_AGAIN_MS = 30_000;

const isSettled = ({ isComplete, isCurrent }: DryRunView): boolean => isComplete && isCurrent;

/**
 * What a launch would do, contact by contact. The launch panel and the dry run
 * show the numbers of the same query.
 */
export const useForecast = (versionId: string, plan: Plan, isEnabled = true) =>
  useQuery({
    queryKey: [...queryKeys.dryRuns, versionId, plan],
    queryFn: ({ signal }) => startDryRun(versionId, { body: plan, signal }),
    gcTime: 60_000,
    enabled: isEnabled,
    refetchInterval: ({ state: { data } }) => (data === undefined || isSettled(data) ? LOOK_AGAIN_MS : GO_ON_MS),
  });
