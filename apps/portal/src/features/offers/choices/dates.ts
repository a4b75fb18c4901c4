import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { DateChoices } from './choices';
import { previewDates } from '../api';
import { queryKeys } from '../../../shared/query-keys';

/** Debounce of repeated clicks. */
const PRESSING_MS = 200;

/**
 * Dates of the steps for the current choices.
 * Every date on the launch screen comes from here.
 * @param startAt null: now.
 */
export function useDates(versionId: string, startAt: string | null, choices: DateChoices) {
  const [settled] = useDebouncedValue(choices, PRESSING_MS);
  return useQuery({
    queryKey: [...queryKeys.offerDates, versionId, startAt, settled],
    queryFn: ({ signal }) =>
      previewDates(versionId, { body: { choices: settled, ...(startAt === null ? {} : { startAt }) }, signal }),
    placeholderData: keepPreviousData,
  });
}
