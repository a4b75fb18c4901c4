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
/**
 * The body of Mailgun's webhooks: one event, with a signature that does not
 * cover it.
 */
export const MailgunProof = z.looseObject({
  signature: z.looseObject({
    timestamp: z.coerce.string().regex(/^\d{1,12}$/),
    token: z.string().min(1).max(200),
    signature: z.string().max(200),
  }),
});
export const MailgunRequest = MailgunProof.extend({
  'event-data': z.looseObject({
    event: z.string(),
    id: z.string().min(1),
    timestamp: z.number().nullish(),
    severity: text,
    reason: text,
    recipient: text,
    envelope: z.looseObject({ sender: text }).nullish(),
    message: z.looseObject({ headers: z.looseObject({ 'message-id': text }).nullish() }).nullish(),
    'user-variables': z.record(z.string(), z.unknown()).nullish(),
    'delivery-status': z
      .looseObject({
        code: z.union([z.number(), z.string()]).nullish(),
        'enhanced-code': text,
        message: text,
        description: text,
      })
      .nullish(),
  }),
});
type EventData = z.output<typeof MailgunRequest>['event-data'];

/** Mailgun's reasons of a permanent failure. `generic` is no information. */
const BOUNCE_KINDS: Readonly<Record<string, 'hard' | 'soft' | 'block'>> = {
  bounce: 'hard',
  old: 'soft',
  espblock: 'block',
};
const IGNORED = ['accepted', 'opened', 'clicked', 'stored', 'list_uploaded', 'list_member_uploaded'];

/** What a webhook of Mailgun says. */
export function mailgunEvents({ 'event-data': event }: z.output<typeof MailgunRequest>): ProviderBatch {
  return IGNORED.includes(event.event) ? { events: [], ignored: 1 } : { events: [eventOf(event)], ignored: 0 };
}

function eventOf(event: EventData): ProviderEvent {
  // An id of Mailgun's is unique for a day; with its moment it is for ever.
  const subject = eventSubject(`${event.id} ${event.timestamp ?? ''}`, event.recipient ?? null, [
    event.envelope?.sender,
    event.message?.headers?.['message-id'],
    ...Object.values(event['user-variables'] ?? {}),
  ]);
  switch (event.event) {
    case 'delivered':
      return deliveryEvent(subject, event['delivery-status']?.message ?? '');
    case 'failed':
    case 'rejected':
      return failureOf(event, subject);
    case 'complained':
      return complaintEvent(subject, 'reported as spam');
    case 'unsubscribed':
      return neutralEvent(subject, 'unsubscribe', 'left by Mailgun’s own link');
    default:
      return neutralEvent(subject, 'unknown', `no known event of Mailgun (${event.event.slice(0, 40)})`);
  }
}

function failureOf(
  { event, severity, reason, 'delivery-status': status }: EventData,
  subject: EventSubject,
): ProviderEvent {
  const said = [status?.message, status?.description].filter((part) => part != null && part !== '').join(' ');
  const why = `${severity ?? event}/${reason ?? ''}`;
  // Mailgun retries by itself: a temporary failure is not final.
  if (severity === 'temporary')
    return neutralEvent(subject, 'underway', `on its way (${why})`.slice(0, 80), { text: said });
  if (/^suppress-(unsubscribe|complaint)/.test(reason ?? '')) return suppressedEvent(subject, why.slice(0, 80));
  if (reason === 'suppress-bounce') return failureEvent(subject, { said: '', word: 'hard', why });
  const word = event === 'rejected' ? 'block' : (BOUNCE_KINDS[reason ?? ''] ?? 'unknown');
  return failureEvent(subject, { code: status?.['enhanced-code'] ?? null, said, word, why });
}
