import { HOUR_MS, MINUTE_MS } from '#kernel';
import { chanceOf, chosen } from './chance.js';
import { VISITORS } from './history-plan.js';

/** What happens after a message. */
export type Reaction =
  | { readonly kind: 'bounce'; readonly isPermanent: boolean }
  | { readonly kind: 'scan' }
  | { readonly kind: 'click'; readonly sendsForm: boolean }
  | { readonly kind: 'reply' }
  | { readonly kind: 'unsubscribe' };

interface PlannedReaction {
  readonly at: Date;
  readonly reaction: Reaction;
}

/** How many of all messages, or of all people. Chosen so that a vendor is shown the sums of few people. */
const SHARES = {
  deadAddress: 0.02,
  fullMailbox: 0.006,
  scannedCompany: 0.04,
  scanned: 0.6,
  interestedVisitor: 0.55,
  interestedOther: 0.1,
  clickOfInterested: 0.52,
  clickOfOthers: 0.03,
  formAfterClick: 0.6,
  replyOfInterested: 0.02,
  unsubscribe: 0.01,
} as const;

/** Servers and gateways react at once. */
const AT_ONCE_MS = 8_000;
/**
 * People read their mail at these times (UTC), from one to the next: what happens at once costs a few
 * statements together.
 */
const READING_MS = 12 * HOUR_MS;
const READING_BEGINS_MS = 7 * HOUR_MS + 20 * MINUTE_MS;

/** Whether a mail gateway follows all links of the company's mail. */
const isScanned = (email: string): boolean =>
  chanceOf('gateway', email.slice(email.indexOf('@'))) < SHARES.scannedCompany;

/**
 * What a mail server, a mail gateway and a person do with one message. It follows from address and step alone.
 * @param email of the recipient.
 * @param stepKey of the message.
 * @param sentAt when the servers had the last message that was sent with it.
 */
export function reactionsTo(email: string, stepKey: string, sentAt: Date): PlannedReaction[] {
  const chance = (what: string): number => chanceOf(what, email, stepKey);
  const atOnce = new Date(sentAt.getTime() + AT_ONCE_MS);
  if (chanceOf('dead address', email) < SHARES.deadAddress)
    return [{ at: atOnce, reaction: { kind: 'bounce', isPermanent: true } }];
  if (chance('full mailbox') < SHARES.fullMailbox)
    return [{ at: atOnce, reaction: { kind: 'bounce', isPermanent: false } }];
  const { interestedVisitor, interestedOther } = SHARES;
  const interested = email.startsWith(VISITORS.prefix) ? interestedVisitor : interestedOther;
  const reaction = ofPerson(chanceOf('interest', email) < interested, chance);
  // Most read mail within hours, a few on the next day.
  const seenMs = sentAt.getTime() + (0.4 + 26 * chance('hour') ** 3) * HOUR_MS;
  return [
    ...(isScanned(email) && chance('scan') < SHARES.scanned
      ? [{ at: atOnce, reaction: { kind: 'scan' } as const }]
      : []),
    ...(reaction === null ? [] : [{ at: nextReading(seenMs), reaction }]),
  ];
}

const nextReading = (afterMs: number): Date =>
  new Date(Math.ceil((afterMs - READING_BEGINS_MS) / READING_MS) * READING_MS + READING_BEGINS_MS);

function ofPerson(isInterested: boolean, chance: (what: string) => number): Reaction | null {
  if (chance('click') < (isInterested ? SHARES.clickOfInterested : SHARES.clickOfOthers))
    return { kind: 'click', sendsForm: isInterested && chance('form') < SHARES.formAfterClick };
  if (isInterested) return chance('reply') < SHARES.replyOfInterested ? { kind: 'reply' } : null;
  return chance('unsubscribe') < SHARES.unsubscribe ? { kind: 'unsubscribe' } : null;
}

const MESSAGES = [
  'Please call me next week about a first meeting.',
  'We plan this for the next quarter. What would it cost for 200 people?',
  'Could you show this to two of my colleagues?',
  'Is there a trial that we could run in one branch?',
  'Our contract ends in spring. Please send an offer.',
] as const;

/** What a person writes into a form or an answer. */
export const messageFrom = (email: string): string => chosen(MESSAGES, 'message', email);
