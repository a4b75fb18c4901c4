import { z } from 'zod';
import { defineJob } from '#jobs';
import { type EnrolmentId, isId, type MessageId, type PartnerId } from '#kernel';

/**
 * At most this many messages travel in one job. What a chunk reads and commits once costs as much for ten as for two hundred: with a
 * hundred it was some 0.07 ms of each message.
 */
export const CHUNK = 200;
const MOST = 1_000;

/**
 * @param connections of a process to its relays.
 * @returns how many chunks of each queue it works on at once. Of a backlog what keeps the connections busy: what is more takes turns with the
 * chunks of those who have few, at each of some fifty questions to PostgreSQL. Theirs are small, so they have more places.
 */
export function chunksAtOnce(connections: number): { readonly delivery: number; readonly 'delivery-ahead': number } {
  const places = (each: number): number => Math.max(2, Math.ceil(connections / each));
  return { delivery: places(12), 'delivery-ahead': places(8) };
}

const partnerId = z.custom<PartnerId>(isId);

/** A chunk of leased messages of one partner; the fences say under which claim. */
const Chunk = z.object({
  partnerId,
  claims: z
    .array(z.object({ id: z.custom<MessageId>(isId), fence: z.number().int() }))
    .min(1)
    // More than are sent: a newer version may put more into one.
    .max(MOST),
});
export type Chunk = z.infer<typeof Chunk>;

/** Hands over a chunk of a partner that has more due: it waits among its like. */
export const SUBMIT_MESSAGES = defineJob({
  name: 'sequences.submit-messages',
  queue: 'delivery',
  data: Chunk,
  result: z.void(),
});

/** Hands over all that a partner has due: in a queue of its own, with places of its own, whoever's hundred thousand are being sent. */
export const SUBMIT_FEW = defineJob({
  name: 'sequences.submit-few',
  queue: 'delivery-ahead',
  data: Chunk,
  result: z.void(),
});

/** So many actions are done in one transaction: what they read and commit once costs as much for one as for fifty. */
export const ACTIONS = 50;

const Action = z.object({ enrolmentId: z.custom<EnrolmentId>(isId), stepKey: z.string(), round: z.number().int() });

/** Does actions of a partner's contacts that are no e-mails; the fence of each is its step execution, which has one outcome. */
export const PERFORM_ACTION = defineJob({
  name: 'sequences.perform-action',
  queue: 'scheduling',
  data: z.union([
    z.object({ partnerId, actions: z.array(Action).min(1).max(ACTIONS) }),
    // As an older version wrote it, one by one.
    Action.extend({ partnerId }).transform(({ partnerId, ...action }) => ({ partnerId, actions: [action] })),
  ]),
  result: z.void(),
  attempts: 20,
  // A short transaction that holds its steps: a second try beside the first waits for it, and people wait for a process that died no longer than this.
  leaseMs: 30_000,
});
