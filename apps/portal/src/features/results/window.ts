import { useState } from 'react';

/** Days in UTC, both included, as the API counts them. */
export interface DateWindow {
  readonly from: string;
  readonly to: string;
}

/** Maximum age of the displayed numbers, plus the response time. */
export const REFRESH_MS = 4_000;

/**
 * The chosen period.
 * The default comes from the API, which knows the current day in UTC.
 */
export function useWindow() {
  const [chosen, choose] = useState<DateWindow | null>(null);
  return { choose, query: new URLSearchParams(chosen === null ? {} : { ...chosen }).toString() };
}
