import { z } from 'zod';
import { about, type About, complained, delivered, failed, type Telling, told, type ToldEvent } from './provider.js';

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
const WORDS: Readonly<Record<string, 'hard' | 'soft' | 'block' | 'unknown'>> = {
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
export function postmarkEvents(event: PostmarkEvent): Telling {
  return IGNORED.includes(event.RecordType) ? { events: [], ignored: 1 } : { events: [eventOf(event)], ignored: 0 };
}

function eventOf(event: PostmarkEvent): ToldEvent {
  const subject = subjectOf(event);
  switch (event.RecordType) {
    case 'Delivery':
      return delivered(subject, event.Details ?? '');
    case 'SpamComplaint':
      return complained(subject, 'reported as spam');
    case 'SubscriptionChange':
      return changeOf(event, subject);
    case 'Bounce':
      return bounceOf(event, subject);
    default:
      return told(subject, 'unknown', `no known event of Postmark (${event.RecordType.slice(0, 40)})`);
  }
}

/** Postmark tells here, too, that it has put a bounced address on its list: the bounce itself is told apart. */
function changeOf({ SuppressSending, SuppressionReason }: PostmarkEvent, subject: About): ToldEvent {
  if (SuppressSending !== true) return told(subject, 'unknown', 'wants mail again, by Postmark');
  if (SuppressionReason === 'SpamComplaint')
    return told(subject, 'unsubscribe', 'is on Postmark’s list for a complaint');
  return SuppressionReason === 'HardBounce'
    ? told(subject, 'unknown', 'is on Postmark’s list for a bounce')
    : told(subject, 'unsubscribe', 'left by Postmark’s own link');
}

function bounceOf({ Type, Description, Details }: PostmarkEvent, subject: About): ToldEvent {
  const said = Details ?? Description ?? '';
  const type = Type ?? '';
  const word = WORDS[type];
  if (word !== undefined) return failed(subject, { said, word, why: type });
  switch (type) {
    case 'AutoResponder':
      return told(subject, 'auto-reply', 'automatic reply', { text: said });
    case 'ChallengeVerification':
      return told(subject, 'challenge', 'asks the sender to prove to be a person', { text: said });
    case 'Unsubscribe':
      return told(subject, 'unsubscribe', 'wrote to leave');
    case 'SpamComplaint':
      return complained(subject, 'reported as spam');
    default:
      return told(subject, 'unknown', `no known bounce of Postmark (${type.slice(0, 40)})`, { text: said });
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
}: PostmarkEvent): About {
  const id = ID == null ? `${MessageID ?? ''} ${DeliveredAt ?? ChangedAt ?? ''}` : String(ID);
  // Postmark gives messages a Message-ID of its own: what is ours travels in its metadata (MESSAGE_HEADER).
  return about(`${RecordType} ${id}`, Recipient ?? Email ?? null, Object.values(Metadata ?? {}));
}
