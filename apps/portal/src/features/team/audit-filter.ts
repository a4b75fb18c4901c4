import { useDebouncedValue } from '@mantine/hooks';
import { useSearchParams } from 'react-router';

/** A pause in typing after which is looked for. */
const PAUSE_MS = 250;
const NAMES = ['q', 'who', 'action', 'from', 'to'] as const;

/** What of the audit log is looked for: words, who, a deed, and days `2026-11-30` on the reader's calendar; empty narrows nothing. */
export type AuditFilter = Readonly<Record<(typeof NAMES)[number], string>>;

/** Stands in the address, so that it can be kept, sent to somebody, and gone back to. */
export function useAuditFilter() {
  const [params, setParams] = useSearchParams();
  const choice = Object.fromEntries(NAMES.map((name) => [name, params.get(name) ?? ''])) as AuditFilter;
  const choose = (change: Partial<AuditFilter>): void => {
    const chosen = Object.entries({ ...choice, ...change }).filter(([, value]) => value !== '');
    setParams(new URLSearchParams(chosen), { replace: true });
  };
  return { choice, choose };
}

/** The API's query for a choice, once somebody pauses in typing. @param ourselves what the product calls itself. */
export function useAuditQuery(choice: AuditFilter, ourselves: string): string {
  const [settled] = useDebouncedValue(auditQuery(choice, ourselves), PAUSE_MS);
  return settled;
}

/** Days become moments on the reader's clock. */
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

/** The first moment of a day on the reader's clock, or of one so many days after. */
function beginning(day: string, daysAfter = 0): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const at = new Date(year, month - 1, date + daysAfter);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString();
}
