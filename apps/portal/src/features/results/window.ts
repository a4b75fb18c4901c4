import { useState } from 'react';

/** Days in UTC, both included, as the API counts them. */
export interface DateWindow {
  readonly from: string;
  readonly to: string;
}

/** Numbers on the screen are never older than this and an answer. */
export const REFRESH_MS = 4_000;

/** The window that somebody chose; until then the API's own, for only it knows which day the product's calendar shows. */
export function useWindow() {
  const [chosen, choose] = useState<DateWindow | null>(null);
  return { choose, query: new URLSearchParams(chosen === null ? {} : { ...chosen }).toString() };
}
