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
} from './provider.js';

const text = z.string().nullish();
/** The body of Postmark's webhooks: one event. */
export const PostmarkEvent = z.looseObject({
  RecordType: z.string(),
  ID: z.union([z.number(), z.string()]).nullish(),
  MessageID: text,
  Type: text,
  Email: text,
  Recipient: text,
  Description: text,
  Details: text,
  DeliveredAt: text,
  ChangedAt: text,
  SuppressSending: z.boolean().nullish(),
  SuppressionReason: text,
  Metadata: z.record(z.string(), z.unknown()).nullish(),
});
type PostmarkEvent = z.output<typeof PostmarkEvent>;

const IGNORED = ['Open', 'Click'];
/** Postmark's own list of bounce types, as far as they are failures. */
const BOUNCE_KINDS: Readonly<Record<string, 'hard' | 'soft' | 'block' | 'unknown'>> = {
  HardBounce: 'hard',
  BadEmailAddress: 'hard',
  AddressChange: 'hard',
  ManuallyDeactivated: 'hard',
  SoftBounce: 'soft',
  Transient: 'soft',
  DnsError: 'soft',
  Blocked: 'block',
  SpamNotification: 'block',
  VirusNotification: 'block',
  DMARCPolicy: 'block',
  SMTPApiError: 'block',
  TemplateRenderingFailed: 'block',
  Unconfirmed: 'block',
};

/** What a webhook of Postmark says. */
export function postmarkEvents(event: PostmarkEvent): ProviderBatch {
  return IGNORED.includes(event.RecordType) ? { events: [], ignored: 1 } : { events: [eventOf(event)], ignored: 0 };
}

function eventOf(event: PostmarkEvent): ProviderEvent {
  const subject = subjectOf(event);
  switch (event.RecordType) {
    case 'Delivery':
      return deliveryEvent(subject, event.Details ?? '');
    case 'SpamComplaint':
      return complaintEvent(subject, 'reported as spam');
    case 'SubscriptionChange':
      return changeOf(event, subject);
    case 'Bounce':
      return bounceOf(event, subject);
    default:
      return neutralEvent(subject, 'unknown', `no known event of Postmark (${event.RecordType.slice(0, 40)})`);
  }
}

/**
 * Postmark also reports here that a bounced address is on its list.
 * The bounce itself comes as another event.
 */
function changeOf({ SuppressSending, SuppressionReason }: PostmarkEvent, subject: EventSubject): ProviderEvent {
  if (SuppressSending !== true) return neutralEvent(subject, 'unknown', 'wants mail again, by Postmark');
  if (SuppressionReason === 'SpamComplaint')
    return neutralEvent(subject, 'unsubscribe', 'is on Postmark’s list for a complaint');
  return SuppressionReason === 'HardBounce'
    ? neutralEvent(subject, 'unknown', 'is on Postmark’s list for a bounce')
    : neutralEvent(subject, 'unsubscribe', 'left by Postmark’s own link');
}

function bounceOf({ Type, Description, Details }: PostmarkEvent, subject: EventSubject): ProviderEvent {
  const said = Details ?? Description ?? '';
  const type = Type ?? '';
  const word = BOUNCE_KINDS[type];
  if (word !== undefined) return failureEvent(subject, { said, word, why: type });
  switch (type) {
    case 'AutoResponder':
      return neutralEvent(subject, 'auto-reply', 'automatic reply', { text: said });
    case 'ChallengeVerification':
      return neutralEvent(subject, 'challenge', 'asks the sender to prove to be a person', { text: said });
    case 'Unsubscribe':
      return neutralEvent(subject, 'unsubscribe', 'wrote to leave');
    case 'SpamComplaint':
      return complaintEvent(subject, 'reported as spam');
    default:
      return neutralEvent(subject, 'unknown', `no known bounce of Postmark (${type.slice(0, 40)})`, { text: said });
  }
}

function subjectOf({
  RecordType,
  ID,
  MessageID,
  Email,
  Recipient,
  DeliveredAt,
  ChangedAt,
  Metadata,
}: PostmarkEvent): EventSubject {
  const id = ID == null ? `${MessageID ?? ''} ${DeliveredAt ?? ChangedAt ?? ''}` : String(ID);
  // Postmark sets its own Message-ID. Our id travels in its metadata
  // (MESSAGE_HEADER).
  return eventSubject(`${RecordType} ${id}`, Recipient ?? Email ?? null, Object.values(Metadata ?? {}));
}
