import { z } from 'zod';
import {
  eventSubject,
  type EventSubject,
  complaintEvent,
  deliveryEvent,
  failureEvent,
  type ProviderBatch,
  neutralEvent,
  type ProviderEvent,
  suppressedEvent,
} from './provider.js';

const text = z.string().nullish();
const SendgridEvent = z.looseObject({
  event: z.string(),
  email: text,
  sg_event_id: z.string().min(1),
  'smtp-id': text,
  reason: text,
  response: text,
  status: text,
  type: text,
  bounce_classification: text,
});
type SendgridEvent = z.output<typeof SendgridEvent>;
/** The body of SendGrid's Event Webhook: a batch. */
export const SendgridEvents = z.array(SendgridEvent).max(5000);

const IGNORED = ['processed', 'open', 'click'];

/** What a batch of SendGrid's Event Webhook says, in its order. */
export function sendgridEvents(batch: z.output<typeof SendgridEvents>): ProviderBatch {
  const kept = batch.filter(({ event }) => !IGNORED.includes(event));
  return { events: kept.map(eventOf), ignored: batch.length - kept.length };
}

function eventOf(event: SendgridEvent): ProviderEvent {
  const subject = eventSubject(event.sg_event_id, event.email ?? null, [event['smtp-id']]);
  switch (event.event) {
    case 'delivered':
      return deliveryEvent(subject, event.response ?? '');
    case 'deferred':
      return neutralEvent(subject, 'underway', 'on its way (deferred)', { text: event.response ?? '' });
    case 'bounce':
      return bounceOf(event, subject);
    case 'dropped':
      return droppedOf(event, subject);
    case 'spamreport':
      return complaintEvent(subject, 'reported as spam');
    case 'unsubscribe':
    case 'group_unsubscribe':
      return neutralEvent(subject, 'unsubscribe', 'left by SendGrid’s own link');
    default:
      return neutralEvent(subject, 'unknown', `no known event of SendGrid (${event.event.slice(0, 40)})`);
  }
}

function bounceOf(
  { type, status, reason, bounce_classification: classified }: SendgridEvent,
  subject: EventSubject,
): ProviderEvent {
  const why = `${type ?? 'bounce'}/${classified ?? ''}`;
  const word = type === 'blocked' ? 'block' : classified === 'Mailbox Unavailable' ? 'soft' : 'hard';
  return failureEvent(subject, { code: status ?? null, said: reason ?? '', word, why });
}

/** It was not even tried. */
function droppedOf({ reason }: SendgridEvent, subject: EventSubject): ProviderEvent {
  const why = `dropped: ${reason ?? ''}`.slice(0, 120);
  if (/^unsubscribed|^spam report/i.test(reason ?? '')) return suppressedEvent(subject, why);
  const word = /^bounced|^invalid$/i.test(reason ?? '') ? 'hard' : 'block';
  return failureEvent(subject, { said: '', word, why });
}
