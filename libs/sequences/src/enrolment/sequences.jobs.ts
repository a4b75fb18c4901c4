import { z } from 'zod';
import { defineJob } from '#jobs';
import { type CampaignId, type EnrolmentId, isId, type MessageId, type PartnerId, type VendorId } from '#kernel';
import type { ReservationId } from '#release';

/**
 * Most messages of one job.
 * A chunk's fixed reads and commit cost the same for ten as for two hundred.
 * At a hundred they were some 0.07 ms per message.
 */
export const CHUNK = 200;
const MOST = 1_000;

/**
 * @param connections of a process to its relays.
 * @returns chunks of each queue in progress at once.
 *   A backlog gets what keeps the connections busy.
 *   More would compete with small chunks, at some fifty queries each.
 *   Partners with few messages have small chunks, so they get more places.
 */
export function chunksAtOnce(connections: number): { readonly delivery: number; readonly 'delivery-ahead': number } {
  const places = (each: number): number => Math.max(2, Math.ceil(connections / each));
  return { delivery: places(12), 'delivery-ahead': places(8) };
}

const partnerId = z.custom<PartnerId>(isId);

/**
 * A chunk of leased messages of one partner; the fences say under which claim.
 */
const Chunk = z.object({
  partnerId,
  claims: z
    .array(z.object({ id: z.custom<MessageId>(isId), fence: z.number().int() }))
    .min(1)
    // More than are sent: a newer version may put more into one.
    .max(MOST),
});
export type Chunk = z.infer<typeof Chunk>;

/** Submits a chunk of a partner with a backlog, in the queue of such chunks. */
export const SUBMIT_MESSAGES = defineJob({
  name: 'sequences.submit-messages',
  queue: 'delivery',
  data: Chunk,
  result: z.void(),
});

/**
 * Submits all that a partner has due, in a queue with its own concurrency.
 * So it does not wait for another partner's backlog.
 */
export const SUBMIT_FEW = defineJob({
  name: 'sequences.submit-few',
  queue: 'delivery-ahead',
  data: Chunk,
  result: z.void(),
});

/**
 * Actions of one transaction: fixed reads and commit cost the same for one as
 * for fifty.
 */
export const ACTIONS = 50;

const Action = z.object({ enrolmentId: z.custom<EnrolmentId>(isId), stepKey: z.string(), round: z.number().int() });

/**
 * Performs actions other than e-mails of a partner's contacts.
 * The step execution is each action's fence: it has one outcome.
 */
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
  // A short transaction that locks its steps; a concurrent retry waits for it.
  // Contacts wait no longer than this for a dead process.
  leaseMs: 30_000,
});

/** Counts the contacts that an update of running activations concerns. */
export const COUNT_UPDATE_CONTACTS = defineJob({
  name: 'sequences.count-update-contacts',
  queue: 'forecasts',
  data: z.object({
    reservationId: z.custom<ReservationId>(isId),
    vendorId: z.custom<VendorId>(isId),
    campaignId: z.custom<CampaignId>(isId),
    versionNumber: z.number().int(),
  }),
  result: z.void(),
});

/**
 * Computes a forecast with the contacts of a whole programme. Its own queue: it
 * takes minutes, and launches must not wait for it.
 */
export const FORECAST_PROGRAMME = defineJob({
  name: 'sequences.forecast-programme',
  queue: 'forecasts',
  data: z.object({
    reservationId: z.custom<ReservationId>(isId),
    vendorId: z.custom<VendorId>(isId),
    campaignId: z.custom<CampaignId>(isId),
  }),
  result: z.void(),
  leaseMs: 3_600_000,
});
