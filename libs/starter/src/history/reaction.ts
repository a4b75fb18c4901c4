import { HOUR_MS, MINUTE_MS } from '#kernel';
import { chanceOf, chosen } from './chance.js';

/** What happens after a message. */
export type Reaction =
  | { readonly kind: 'bounce'; readonly isPermanent: boolean }
  | { readonly kind: 'scan' }
  | { readonly kind: 'click'; readonly sendsForm: boolean }
  | { readonly kind: 'reply' }
  | { readonly kind: 'unsubscribe' };

interface PlannedReaction {
  readonly afterMs: number;
  readonly reaction: Reaction;
}

/** How many of all messages, or of all people. Chosen to look like mail to customers of companies. */
const SHARES = {
  deadAddress: 0.025,
  fullMailbox: 0.008,
  scannedCompany: 0.04,
  scanned: 0.6,
  interested: 0.36,
  clickOfInterested: 0.5,
  clickOfOthers: 0.04,
  formAfterClick: 0.3,
  replyOfInterested: 0.03,
  unsubscribe: 0.012,
} as const;

/** Whether a mail gateway follows all links of the company's mail. */
const isScanned = (email: string): boolean =>
  chanceOf('gateway', email.slice(email.indexOf('@'))) < SHARES.scannedCompany;

/**
 * What a mail server, a mail gateway and a person do with one message. It follows from address and step alone.
 * @param email of the recipient.
 * @param stepKey of the message.
 */
export function reactionsTo(email: string, stepKey: string): PlannedReaction[] {
  const chance = (what: string): number => chanceOf(what, email, stepKey);
  if (chanceOf('dead address', email) < SHARES.deadAddress)
    return [{ afterMs: 2 * MINUTE_MS, reaction: { kind: 'bounce', isPermanent: true } }];
  if (chance('full mailbox') < SHARES.fullMailbox)
    return [{ afterMs: 5 * HOUR_MS, reaction: { kind: 'bounce', isPermanent: false } }];
  const reaction = ofPerson(chanceOf('interest', email) < SHARES.interested, chance);
  // Most read mail within hours, a few on the next day.
  const afterMs = Math.round((0.4 + 30 * chance('hour') ** 3) * HOUR_MS);
  return [
    ...(isScanned(email) && chance('scan') < SHARES.scanned
      ? [{ afterMs: 8_000, reaction: { kind: 'scan' } as const }]
      : []),
    ...(reaction === null ? [] : [{ afterMs, reaction }]),
  ];
}

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
