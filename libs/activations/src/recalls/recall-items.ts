import { covers, type Recall, type RecallScope } from '#campaigns';
import type { CampaignDefinition } from '#content';
import { RECALL_CHANNELS, RECALL_OUTCOMES, TACTIC_TYPES, type TacticType } from '#contracts';
import { type CampaignVersionId, HOUR_MS } from '#kernel';
import { earliestHours, emailsOf, isOpenToEntries } from '#sequencing';

/**
 * Where something came out, or would have. `inbox`, `copy` and
 * `published-post`: what left the product before the recall. `web-view`: links
 * and web view of sent e-mails; `qr`: codes that lead to a page; `file` and
 * `public-file`: a document in the portal and at its public address.
 */
export type RecallChannel = (typeof RECALL_CHANNELS)[number];

export type RecallOutcome = (typeof RECALL_OUTCOMES)[number];

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

/** The type of content that comes out on a channel. */
export const kindOfChannel = (channel: RecallChannel): TacticType => KIND_OF_CHANNEL[channel];
const KIND_OF_CHANNEL = Object.fromEntries(
  (Object.keys(STOPPED) as TacticType[]).flatMap((kind) => STOPPED[kind].map(([channel]) => [channel, kind])),
) as Readonly<Record<RecallChannel, TacticType>>;

/** Why something cannot be undone, and what a person must do; by channel. */
export const CANNOT: Partial<Record<RecallChannel, { readonly reason: string; readonly action: string }>> = {
  inbox: {
    reason:
      'E-mails that were delivered, if any was, stay in inboxes. Their links, pictures and web view show a notice.',
    action: 'Tell the recipients yourself if the mistake matters to them.',
  },
  'published-post': {
    reason: 'A post that was published by hand, if it was, is on a website of others.',
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

/** When people could begin with the campaign of an activation. */
export interface RecalledLaunch {
  /** Null: it was updated, so people may be at any step whatever the day. */
  readonly startAt: Date | null;
  readonly launchedAt: Date;
  /**
   * When it was stopped before the recall, as its vendor knows it; null: it was not.
   * A launch whose contacts have all finished counts as running: its vendor does
   * not know.
   */
  readonly stoppedAt: Date | null;
}

/** What people have, or have published, only once they came to its step. */
const AFTER_A_STEP: Partial<Record<RecallChannel, 'email' | 'post'>> = {
  inbox: 'email',
  'web-view': 'email',
  'published-post': 'post',
};

/**
 * Leaves out e-mails and posts that nobody can have got or published by a
 * moment. Days of the campaign decide it, not what was sent: the vendor reads
 * the rows, and must not see from one whether a contact got an e-mail. A row
 * says that it is possible, not that it happened.
 */
export function possibleBy(
  recalledAt: Date,
  items: readonly RecallItem[],
  { sequence }: Pick<CampaignDefinition, 'sequence'>,
  { startAt, launchedAt, stoppedAt }: RecalledLaunch,
): RecallItem[] {
  if (startAt === null) return [...items];
  // People who enter by themselves need not wait for the first day.
  const from = isOpenToEntries(sequence) && launchedAt < startAt ? launchedAt : startAt;
  const at = stoppedAt ?? recalledAt;
  const hours = earliestHours(sequence);
  const possible = new Set(
    sequence.steps
      .filter(({ key }) => from.getTime() + (hours.get(key) ?? Infinity) * HOUR_MS <= at.getTime())
      .flatMap((step) => [
        ...emailsOf(step).map((key) => `email ${key}`),
        ...(step.kind === 'post' ? [`post ${step.post}`] : []),
      ]),
  );
  return items.filter(({ channel, itemKey }) => {
    const kind = AFTER_A_STEP[channel];
    return kind === undefined || possible.has(`${kind} ${itemKey}`);
  });
}

/** Of a launch that was stopped before the recall, no e-mail waited: nothing was left to stop. */
export const afterStop = (
  items: readonly RecallItem[],
  { stoppedAt }: Pick<RecalledLaunch, 'stoppedAt'>,
): RecallItem[] =>
  items.map((item) =>
    stoppedAt !== null && item.outcome === 'stopped-before-sending' ? { ...item, outcome: 'was-over' } : item,
  );

/** The rows of several recalled versions: each item once. */
export const itemsOfAll = (versions: readonly (readonly RecallItem[])[]): RecallItem[] => [
  ...new Map(versions.flat().map((item) => [`${item.channel} ${item.itemKey}`, item])).values(),
];
