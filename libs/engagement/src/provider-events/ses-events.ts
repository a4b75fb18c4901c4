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
const Recipient = z.looseObject({ emailAddress: text, status: text, diagnosticCode: text });
const Mail = z.looseObject({
  source: text,
  messageId: text,
  destination: z.array(z.string()).nullish(),
  headers: z.array(z.looseObject({ name: z.string(), value: text })).nullish(),
  commonHeaders: z.looseObject({ messageId: text }).nullish(),
});
/**
 * What SES publishes to SNS: configuration set events or identity
 * notifications. They differ in one name.
 */
const SesEvent = z.looseObject({
  eventType: text,
  notificationType: text,
  mail: Mail.nullish(),
  bounce: z
    .looseObject({
      bounceType: text,
      bounceSubType: text,
      feedbackId: text,
      bouncedRecipients: z.array(Recipient).nullish(),
    })
    .nullish(),
  complaint: z
    .looseObject({
      complaintFeedbackType: text,
      complaintSubType: text,
      feedbackId: text,
      complainedRecipients: z.array(Recipient).nullish(),
    })
    .nullish(),
  delivery: z.looseObject({ smtpResponse: text }).nullish(),
  reject: z.looseObject({ reason: text }).nullish(),
  failure: z.looseObject({ errorMessage: text }).nullish(),
  deliveryDelay: z.looseObject({ delayType: text, delayedRecipients: z.array(Recipient).nullish() }).nullish(),
  subscription: z
    .looseObject({ newTopicPreferences: z.looseObject({ unsubscribeAll: z.boolean().nullish() }).nullish() })
    .nullish(),
});
type SesEvent = z.output<typeof SesEvent>;

const IGNORED = ['Send', 'Open', 'Click'];
const ON_OUR_LIST = ['Suppressed', 'OnAccountSuppressionList'];

/**
 * Reads a notification of Amazon SES. It has one recipient, as our messages do.
 * @param message the `Message` of the SNS envelope.
 * @param snsId its `MessageId`, the same in every retry.
 */
export function sesEvents(message: string, snsId: string): ProviderBatch {
  const read = SesEvent.safeParse(jsonOf(message));
  // Not JSON: what SES writes when a topic is first connected.
  if (!read.success)
    return one(
      neutralEvent(eventSubject(snsId, null, []), 'unknown', 'no event of SES', { text: message.slice(0, 2000) }),
    );
  const event = read.data;
  const type = event.eventType ?? event.notificationType ?? '';
  if (IGNORED.includes(type)) return { events: [], ignored: 1 };
  return one(eventOf(type, event, subjectOf(event, snsId)));
}

const one = (event: ProviderEvent): ProviderBatch => ({ events: [event], ignored: 0 });

function eventOf(type: string, event: SesEvent, subject: EventSubject): ProviderEvent {
  switch (type) {
    case 'Bounce':
      return bounceOf(event, subject);
    case 'Complaint':
      return complaintOf(event, subject);
    case 'Delivery':
      return deliveryEvent(subject, event.delivery?.smtpResponse ?? '');
    case 'DeliveryDelay':
      return neutralEvent(
        subject,
        'underway',
        `on its way (${event.deliveryDelay?.delayType ?? 'delayed'})`.slice(0, 80),
        {
          text: event.deliveryDelay?.delayedRecipients?.[0]?.diagnosticCode ?? '',
        },
      );
    case 'Reject':
      return refused(subject, `SES did not send it: ${event.reject?.reason ?? ''}`);
    case 'Rendering Failure':
      return refused(subject, `SES could not make it: ${event.failure?.errorMessage ?? ''}`);
    case 'Subscription':
      return event.subscription?.newTopicPreferences?.unsubscribeAll === true
        ? neutralEvent(subject, 'unsubscribe', 'left on SES’s own page')
        : neutralEvent(subject, 'unknown', 'a change of topics on SES’s own page');
    default:
      return neutralEvent(subject, 'unknown', `no known event of SES (${type.slice(0, 40)})`);
  }
}

function bounceOf({ bounce }: SesEvent, subject: EventSubject): ProviderEvent {
  const [recipient] = bounce?.bouncedRecipients ?? [];
  const [type, subType] = [bounce?.bounceType ?? '', bounce?.bounceSubType ?? ''];
  const why = `${type}/${subType}`;
  const said = recipient?.diagnosticCode ?? '';
  // It was not even tried: the address is on SES's own list of dead ones.
  if (ON_OUR_LIST.includes(subType)) return failureEvent(subject, { said: '', word: 'hard', why });
  if (['MessageTooLarge', 'ContentRejected', 'AttachmentRejected'].includes(subType))
    return failureEvent(subject, { said: '', word: 'block', why });
  const word = type === 'Permanent' ? 'hard' : type === 'Transient' ? 'soft' : 'unknown';
  return failureEvent(subject, { code: recipient?.status ?? null, said, word, why });
}

function complaintOf({ complaint }: SesEvent, subject: EventSubject): ProviderEvent {
  const type = complaint?.complaintFeedbackType ?? 'abuse';
  if (complaint?.complaintSubType === 'OnAccountSuppressionList')
    return suppressedEvent(subject, 'SES did not send it, for a complaint of before');
  if (type === 'not-spam') return neutralEvent(subject, 'unknown', 'a feedback report that is no complaint (not-spam)');
  return complaintEvent(subject, `reported as ${type.slice(0, 40)}`);
}

const refused = (subject: EventSubject, why: string): ProviderEvent =>
  neutralEvent(subject, 'block', why.slice(0, 200), { outcome: { state: 'bounced', kind: 'block' } });

function subjectOf({ mail, bounce, complaint }: SesEvent, snsId: string): EventSubject {
  const feedbackId = bounce?.feedbackId ?? complaint?.feedbackId;
  const recipient =
    bounce?.bouncedRecipients?.[0]?.emailAddress ??
    complaint?.complainedRecipients?.[0]?.emailAddress ??
    mail?.destination?.[0] ??
    null;
  const header = mail?.headers?.find(({ name }) => name.toLowerCase() === 'message-id')?.value;
  // SES gives messages a Message-ID of its own; the return path stays ours.
  return eventSubject(feedbackId ?? snsId, recipient, [mail?.source, header, mail?.commonHeaders?.messageId]);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
