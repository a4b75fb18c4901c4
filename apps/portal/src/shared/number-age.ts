import { useSyncExternalStore } from 'react';

/** Milliseconds between reads of counted numbers: with the response they are at most five seconds old. */
const NUMBERS_MS = 4_000;
/** Parts of a screen that open after each other share what one of them has just read. */
const SHARED_MS = 500;
/** Milliseconds between reads of what is computed of all partners, or changes by the day. */
export const OF_MANY_MS = 60_000;
/** Rows that are read again in a second at most: a list of many pages takes longer, not more. */
const ROWS_PER_SECOND = 50;

/**
 * Options of a query that follows a mark (`useReadAgain`). A screen that opens reads it: the mark may be newer than what
 * is left in the cache.
 */
export const FOLLOWS_MARK = { refetchInterval: OF_MANY_MS, staleTime: SHARED_MS } as const;

let held = 0;
const listeners = new Set<() => void>();

function hold(by: 1 | -1): void {
  held += by;
  for (const listener of listeners) listener();
}

/**
 * Nothing is read again while a form is open in a dialog: a row that another person moves out of a list would take
 * the form and what is typed with it.
 * @returns ends it.
 */
export function holdNumbers(): () => void {
  hold(1);
  return () => hold(-1);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const areHeld = (): boolean => held > 0;

/**
 * Options of each query of numbers that others change: it is read again every few seconds while its screen is open in
 * a tab in front, and at once when it comes to the front or opens.
 */
export function useFreshNumbers(): FreshNumbers {
  const isHeld = useSyncExternalStore(subscribe, areHeld);
  return {
    refetchInterval: isHeld ? false : NUMBERS_MS,
    // A person who looks something up in another tab comes back to an open form.
    refetchOnWindowFocus: !isHeld,
    refetchOnReconnect: !isHeld,
    staleTime: SHARED_MS,
  };
}

interface FreshNumbers {
  readonly refetchInterval: number | false;
  readonly refetchOnWindowFocus: boolean;
  readonly refetchOnReconnect: boolean;
  readonly staleTime: number;
}

/** The same of the rows of a list. Each page of it is a request. */
export function useFreshRows() {
  const { refetchInterval, ...others } = useFreshNumbers();
  return {
    refetchInterval: (rows: readonly unknown[]): number | false =>
      refetchInterval && Math.max(refetchInterval, (rows.length / ROWS_PER_SECOND) * 1_000),
    ...others,
  };
}
