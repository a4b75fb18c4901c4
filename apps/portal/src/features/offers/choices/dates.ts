import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { DateChoices } from './choices';
import { previewDates } from '../api';

/** Pressed several times, a button asks once. */
const PRESSING_MS = 200;

/**
 * When what comes with what the partner has chosen so far: whatever shows a date before the launch shows it from here.
 * @param startAt null: now.
 */
export function useDates(versionId: string, startAt: string | null, choices: DateChoices) {
  const [settled] = useDebouncedValue(choices, PRESSING_MS);
  return useQuery({
    queryKey: ['calendar', versionId, startAt, settled],
    queryFn: ({ signal }) =>
      previewDates(versionId, { body: { choices: settled, ...(startAt === null ? {} : { startAt }) }, signal }),
    placeholderData: keepPreviousData,
  });
}
