import { useDebouncedValue } from '@mantine/hooks';
import { useSearchParams } from 'react-router';
import type { CampaignState } from '#contracts';
import type { Search } from '../../shared/ListScreen';

/** Debounce of the search. */
const PAUSE_MS = 250;

export const CAMPAIGN_STATES = [
  'draft',
  'in-review',
  'approved',
  'opening',
  'published',
  'retired',
  'recalled',
  'archived',
] as const satisfies readonly CampaignState[];

interface ShelfFilter {
  readonly search: Search;
  readonly state: CampaignState | null;
  readonly show: (state: CampaignState | null) => void;
  /** Only campaigns with this tag; empty: all. */
  readonly tag: string;
  readonly showTag: (tag: string) => void;
}

/**
 * Filter of the library, held in the address, so that the back button restores
 * it.
 */
export function useCampaignFilter(): ShelfFilter {
  const [params, setParams] = useSearchParams();
  const words = params.get('q') ?? '';
  const state = CAMPAIGN_STATES.find((one) => one === params.get('state')) ?? null;
  const [sought] = useDebouncedValue(words.trim(), PAUSE_MS);
  const set = (name: string, value: string): void =>
    setParams(
      (before) => {
        if (value === '') before.delete(name);
        else before.set(name, value);
        return before;
      },
      { replace: true },
    );
  return {
    search: { words, sought, type: (typed) => set('q', typed) },
    state,
    show: (chosen) => set('state', chosen ?? ''),
    tag: params.get('tag') ?? '',
    showTag: (tag) => set('tag', tag),
  };
}

/** The API's query string for a filter. */
export const campaignQuery = (sought: string, state: CampaignState | null, tag: string): string =>
  new URLSearchParams({
    limit: '30',
    ...(sought === '' ? {} : { q: sought.slice(0, 100) }),
    ...(state === null ? {} : { state }),
    ...(tag === '' ? {} : { tag }),
  }).toString();
