import { covers, type Recall, type RecallScope } from '#campaigns';
import type { CampaignDefinition } from '#content';
import { RECALL_CHANNELS, TACTIC_TYPES, type TacticType } from '#contracts';
import type { CampaignVersionId } from '#kernel';

/**
 * Where something came out, or would have. `inbox`, `copy` and
 * `published-post`: what left the product before the recall. `web-view`: links
 * and web view of sent e-mails; `qr`: codes that lead to a page; `file` and
 * `public-file`: a document in the portal and at its public address.
 */
export type RecallChannel = (typeof RECALL_CHANNELS)[number];

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
    ['web-view', 'withdrawn'],
    ['email-preview', 'withdrawn'],
  ],
  page: [
    ['page', 'page-gone'],
    ['qr', 'page-gone'],
    ['embed', 'withdrawn'],
    ['page-preview', 'withdrawn'],
  ],
  document: [
    ['file', 'withdrawn'],
    ['public-file', 'withdrawn'],
    ['copy', 'file-marked'],
    ['file-preview', 'withdrawn'],
  ],
  social: [
    ['post', 'withdrawn'],
    ['post-text', 'withdrawn'],
    ['published-post', 'cannot'],
    ['post-preview', 'withdrawn'],
  ],
};

/** Contacts who have begun still need e-mails, pages and documents: only what is new stops. */
const FINISHING: Readonly<Record<TacticType, Effects>> = {
  email: [
    ['email', 'stopped-before-sending'],
    ['email-preview', 'withdrawn'],
  ],
  page: [['page-preview', 'withdrawn']],
  document: [
    ['file', 'withdrawn'],
    ['file-preview', 'withdrawn'],
  ],
  social: [
    ['post', 'withdrawn'],
    ['post-text', 'withdrawn'],
    ['post-preview', 'withdrawn'],
  ],
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
  recall: RecallScope & Pick<Recall, 'mode'>,
): RecallItem[] {
  const effects = recall.mode === 'finish' ? FINISHING : STOPPED;
  const kinds = Object.keys(TACTIC_TYPES) as TacticType[];
  return kinds.flatMap((kind) =>
    Object.keys(definition[TACTIC_TYPES[kind].section])
      .filter((key) => definition.locales.some((locale) => covers(recall, { kind, key, locale })))
      .flatMap((itemKey) => effects[kind].map(([channel, outcome]) => ({ channel, itemKey, outcome }))),
  );
}

/**
 * Where things stay after an update to another version. Everything else shows
 * the version that the activation runs.
 */
const OUTLIVES_UPDATES: ReadonlySet<RecallChannel> = new Set(['inbox', 'web-view', 'copy', 'published-post']);

/**
 * The rows of an activation: of a recalled version that it ran and runs no more,
 * only what had come out of it.
 * @param runningId that it runs now, recalled or not.
 */
export const itemsOfActivation = (
  recalledIds: readonly CampaignVersionId[],
  runningId: CampaignVersionId | null,
  itemsOf: (versionId: CampaignVersionId) => readonly RecallItem[],
): RecallItem[] =>
  itemsOfAll(
    recalledIds.map((id) =>
      id === runningId ? itemsOf(id) : itemsOf(id).filter(({ channel }) => OUTLIVES_UPDATES.has(channel)),
    ),
  );

/** The rows of several recalled versions: each item once. */
export const itemsOfAll = (versions: readonly (readonly RecallItem[])[]): RecallItem[] => [
  ...new Map(versions.flat().map((item) => [`${item.channel} ${item.itemKey}`, item])).values(),
];
