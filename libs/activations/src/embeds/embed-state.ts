import type { ActivationStatus } from '../activation.js';

/**
 * What an embed on a partner's website shows: the page; the page of a later launch of the same
 * campaign; or, in the partner's own words, a form alone.
 */
export type EmbedState = 'live' | 'updated' | 'ended' | 'recalled';

type VersionStatus = 'published' | 'retired' | 'recalled';

/**
 * The state of an embed.
 * @param successor version of the newest later launch that was not stopped; null: none.
 */
export function embedState(
  activation: ActivationStatus,
  version: VersionStatus,
  successor: VersionStatus | null,
): EmbedState {
  if (successor === 'published') return 'updated';
  if (version === 'recalled') return 'recalled';
  // Contacts of a completed activation have finished. Its page goes on.
  return activation === 'stopped' || version === 'retired' ? 'ended' : 'live';
}
