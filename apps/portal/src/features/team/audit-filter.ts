import { useDebouncedValue } from '@mantine/hooks';
import { useSearchParams } from 'react-router';

/** Debounce of the search. */
const PAUSE_MS = 250;
const NAMES = ['q', 'who', 'action', 'from', 'to'] as const;

/**
 * Filter of the audit log: text, user, action, and days such as `2026-11-30` in
 * the browser's time zone. Empty: no filter.
 */
export type AuditFilter = Readonly<Record<(typeof NAMES)[number], string>>;

/** Held in the address, so that it can be bookmarked and shared. */
export function useAuditFilter() {
  const [params, setParams] = useSearchParams();
  const choice = Object.fromEntries(NAMES.map((name) => [name, params.get(name) ?? ''])) as AuditFilter;
  const choose = (change: Partial<AuditFilter>): void => {
    const chosen = Object.entries({ ...choice, ...change }).filter(([, value]) => value !== '');
    setParams(new URLSearchParams(chosen), { replace: true });
  };
  return { choice, choose };
}

/**
 * The API's query string, debounced.
 * @param ourselves name of the product as an author.
 */
export function useAuditQuery(choice: AuditFilter, ourselves: string): string {
  const [settled] = useDebouncedValue(auditQuery(choice, ourselves), PAUSE_MS);
  return settled;
}

/** Days become instants in the browser's time zone. */
export function auditQuery({ q, who, action, from, to }: AuditFilter, ourselves: string): string {
  const isOurs = who.trim() !== '' && who.trim().toLowerCase() === ourselves.toLowerCase();
  const query = {
    q: q.trim(),
    ...(isOurs ? { actorKind: 'system' } : { who: who.trim() }),
    action,
    from: from === '' ? '' : beginning(from),
    to: to === '' ? '' : beginning(to, 1),
  };
  return new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
}

/**
 * Start of a day in the browser's time zone, or of the day so many days later.
 */
function beginning(day: string, daysAfter = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const at = new Date(year, month - 1, date + daysAfter);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
}
