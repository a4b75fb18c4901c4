import { covers, type Recall } from '#campaigns';
import type { CampaignDefinition } from '#content';
import { TACTIC_TYPES, type TacticType } from '#contracts';

/**
 * Where something came out, or would have. `inbox`, `copy` and
 * `published-post`: what left the product before the recall.
 */
export type RecallChannel = 'email' | 'inbox' | 'page' | 'embed' | 'file' | 'copy' | 'post' | 'published-post';

export type RecallOutcome = 'stopped-before-sending' | 'withdrawn' | 'page-gone' | 'file-marked' | 'cannot';

/** A row of a report, of one activation. */
export interface RecallItem {
  readonly channel: RecallChannel;
  /** Of the e-mail, page, document or post. */
  readonly itemKey: string;
  readonly outcome: RecallOutcome;
}

type Effects = readonly (readonly [RecallChannel, RecallOutcome])[];

/** What becomes of one tactic of each type on its channels. */
const STOPPED: Readonly<Record<TacticType, Effects>> = {
  email: [
    ['email', 'stopped-before-sending'],
    ['inbox', 'cannot'],
  ],
  page: [
    ['page', 'page-gone'],
    ['embed', 'withdrawn'],
  ],
  document: [
    ['file', 'withdrawn'],
    ['copy', 'file-marked'],
  ],
  social: [
    ['post', 'withdrawn'],
    ['published-post', 'cannot'],
  ],
};

/** Contacts who have begun still need e-mails, pages and documents: only what is new stops. */
const FINISHING: Readonly<Record<TacticType, Effects>> = {
  email: [['email', 'stopped-before-sending']],
  page: [],
  document: [['file', 'withdrawn']],
  social: [['post', 'withdrawn']],
};

/** Why something cannot be undone, and what a person must do; by channel. */
export const CANNOT: Partial<Record<RecallChannel, { readonly reason: string; readonly action: string }>> = {
  inbox: {
    reason: 'E-mails that were delivered stay in inboxes. Their links, pictures and web view show a notice.',
    action: 'Tell the recipients yourself if the mistake matters to them.',
  },
  'published-post': {
    reason: 'A post that was published by hand is on a website of others.',
    action: 'Delete the post, or correct it there.',
  },
};

/** The rows of one activation: they follow from campaign and recall, never from contacts. */
export function recallItems(
  definition: Pick<CampaignDefinition, 'emails' | 'pages' | 'documents' | 'social' | 'locales'>,
  recall: Pick<Recall, 'tactic' | 'locale' | 'mode'>,
): RecallItem[] {
  const effects = recall.mode === 'finish' ? FINISHING : STOPPED;
  const kinds = Object.keys(TACTIC_TYPES) as TacticType[];
  return kinds.flatMap((kind) =>
    Object.keys(definition[TACTIC_TYPES[kind].section])
      .filter((key) => definition.locales.some((locale) => covers(recall, { kind, key, locale })))
      .flatMap((itemKey) => effects[kind].map(([channel, outcome]) => ({ channel, itemKey, outcome }))),
  );
}
