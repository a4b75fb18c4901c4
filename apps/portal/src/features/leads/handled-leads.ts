import { useState } from 'react';
import type { LeadView } from '#contracts';

/**
 * The loaded leads with the handled ones among them, newest first. Ids of leads
 * are in the order of their creation (UUIDv7).
 */
export function withHandled<Lead extends Pick<LeadView, 'id'>>(
  loaded: readonly Lead[],
  handled: readonly Lead[],
): readonly Lead[] {
  const ids = new Set(loaded.map(({ id }) => id));
  const gone = handled.filter(({ id }) => !ids.has(id));
  return gone.length === 0 ? loaded : [...loaded, ...gone].toSorted((a, b) => (a.id < b.id ? 1 : -1));
}

/**
 * Leads that the user has changed while only those to follow up are shown. They
 * stay in the list with their new state until the filter changes: a row that
 * vanishes looks like a lost lead.
 */
export function useHandledLeads() {
  const [handled, setHandled] = useState<readonly LeadView[]>([]);
  return {
    add: (lead: LeadView) => setHandled((known) => [...known.filter(({ id }) => id !== lead.id), lead]),
    clear: () => setHandled([]),
    among: (loaded: readonly LeadView[]) => withHandled(loaded, handled),
  };
}
