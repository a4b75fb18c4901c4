import { useState } from 'react';
import type { LeadView } from '#contracts';

/**
 * The loaded leads with the handled ones among them, the newest request first,
 * as in the list.
 */
export function withHandled<Lead extends Pick<LeadView, 'id' | 'requestedAt'>>(
  loaded: readonly Lead[],
  handled: readonly Lead[],
): readonly Lead[] {
  const ids = new Set(loaded.map(({ id }) => id));
  const gone = handled.filter(({ id }) => !ids.has(id));
  const order = ({ requestedAt, id }: Lead): string => `${requestedAt} ${id}`;
  return gone.length === 0 ? loaded : [...loaded, ...gone].toSorted((a, b) => (order(a) < order(b) ? 1 : -1));
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
