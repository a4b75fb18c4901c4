import type { TranslationState } from '#translation';

export const STATE_COLOURS: Readonly<Record<TranslationState, string>> = {
  missing: 'red',
  outdated: 'orange',
  new: 'blue',
  draft: 'yellow',
  reviewed: 'teal',
};
