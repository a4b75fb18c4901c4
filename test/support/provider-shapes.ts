/** A message of ours, as a provider knows it. */
export interface KnownMessage {
  readonly id: string;
  readonly email: string;
  readonly returnPath: string;
}

/** A webhook in the documented form of a provider, and its meaning. */
export interface Shape {
  readonly name: string;
  readonly provider: 'ses' | 'sendgrid' | 'postmark' | 'mailgun';
  /** @param n distinguishes repetitions of a shape. */
  readonly body: (message: KnownMessage, n: string) => object;
  /** What is kept; null where it is only counted. */
  readonly kind: string | null;
  /** Of the message that was accepted; `accepted` where it settles nothing. */
  readonly state: string;
  readonly reason: string;
  /** Of the address, by its partner. */
  readonly suppressed?: 'bounced' | 'complained' | 'unsubscribed';
}

const ses =
  (event: object | ((message: KnownMessage, n: string) => object), own = 'source') =>
  (message: KnownMessage, n: string): object => ({
    mail: {
      timestamp: '2026-11-20T10:00:00.000Z',
      source: own === 'source' ? message.returnPath : 'sender@example.com',
      sourceArn: 'arn:aws:ses:eu-west-1:123456789012:identity/example.com',
      sendingAccountId: '123456789012',
      messageId: `EXAMPLE${n}-000000`,
      destination: [message.email],
      headersTruncated: false,
      headers: [
        { name: 'From', value: 'sender@example.com' },
        ...(own === 'header' ? [{ name: 'Message-ID', value: messageIdOf(message) }] : []),
      ],
      commonHeaders: {
        from: ['sender@example.com'],
        subject: 'Hello',
        messageId: own === 'common' ? messageIdOf(message) : 'x',
      },
    },
    ...(typeof event === 'function' ? event(message, n) : event),
  });
const bounce =
  (bounceType: string, bounceSubType: string, recipient: object = {}) =>
  ({ email }: KnownMessage, n: string): object => ({
    eventType: 'Bounce',
    bounce: {
      bounceType,
      bounceSubType,
      bouncedRecipients: [{ emailAddress: email, action: 'failed', ...recipient }],
      timestamp: '2026-11-20T10:00:02.000Z',
      feedbackId: `0100${n}-000000`,
      reportingMTA: 'dsn; a8-60.smtp-out.amazonses.com',
    },
  });
const complaint =
  (changes: object) =>
  ({ email }: KnownMessage, n: string): object => ({
    notificationType: 'Complaint',
    complaint: {
      complainedRecipients: [{ emailAddress: email }],
      timestamp: '2026-11-20T10:00:02.000Z',
      feedbackId: `0200${n}-000000`,
      userAgent: 'Amazon SES Mailbox Simulator',
      ...changes,
    },
  });
const sendgrid =
  (event: object) =>
  (message: KnownMessage, n: string): object => [
    {
      email: message.email,
      timestamp: 1_795_000_000,
      'smtp-id': messageIdOf(message),
      sg_event_id: `sg-${n}`,
      sg_message_id: `14c5d75ce93.dfd.64b469.${n}`,
      ...event,
    },
  ];
const postmark =
  (event: object) =>
  (message: KnownMessage, n: string): object => ({
    ID: Number.parseInt(n.replace(/\D/g, '').slice(-12) || '0', 10),
    MessageID: n,
    ServerID: 1234,
    MessageStream: 'outbound',
    Metadata: { 'message-id': message.id },
    ...('Recipient' in event ? {} : { Email: message.email }),
    ...event,
  });
const postmarkBounce = (Type: string, TypeCode: number, Details: string): ReturnType<typeof postmark> =>
  postmark({
    RecordType: 'Bounce',
    Type,
    TypeCode,
    Name: Type,
    Description: 'See details.',
    Details,
    BouncedAt: '2026-11-20T16:33:54Z',
    Inactive: true,
  });
const mailgun =
  (event: object, own: 'sender' | 'message-id' | 'variable' = 'message-id') =>
  (message: KnownMessage, n: string): object => ({
    'event-data': {
      id: `mg-${n}`,
      timestamp: 1_795_000_000.5,
      'log-level': 'info',
      recipient: message.email,
      'recipient-domain': message.email.split('@')[1],
      envelope: {
        sender: own === 'sender' ? message.returnPath : 'x@example.com',
        targets: message.email,
        transport: 'smtp',
      },
      message: { headers: { 'message-id': own === 'message-id' ? messageIdOf(message).slice(1, -1) : 'other@x' } },
      'user-variables': own === 'variable' ? { message: message.id } : {},
      ...event,
    },
  });
const failure = (severity: string, reason: string, code: number, said: string, enhanced = ''): object => ({
  event: 'failed',
  severity,
  reason,
  'delivery-status': { code, 'enhanced-code': enhanced, message: said, description: '', 'attempt-no': 1 },
});

const messageIdOf = ({ id }: KnownMessage): string => `<${id}@mail.throughline.example>`;

const nothing = { state: 'accepted', reason: 'sent' } as const;
const isDelivered = { kind: 'delivered', state: 'delivered', reason: 'delivered' } as const;
const isHard = { kind: 'hard', state: 'bounced', reason: 'bounced-hard', suppressed: 'bounced' } as const;
const isSoft = { kind: 'soft', state: 'bounced', reason: 'bounced-soft' } as const;
const isBlock = { kind: 'block', state: 'bounced', reason: 'bounced-block' } as const;
const isUnknown = { kind: 'unknown', ...nothing } as const;
const isComplaint = { kind: 'complaint', state: 'complained', reason: 'complained', suppressed: 'complained' } as const;
const isLeaving = { kind: 'unsubscribe', ...nothing, suppressed: 'unsubscribed' } as const;
const isWithheld = { ...isLeaving, state: 'bounced', reason: 'bounced-block' } as const;
const isUnderway = { kind: 'underway', ...nothing } as const;
const isIgnored = { kind: null, ...nothing } as const;

export const SHAPES: readonly Shape[] = [
  {
    name: 'SES: delivered',
    provider: 'ses',
    ...isDelivered,
    body: ses({
      eventType: 'Delivery',
      delivery: { smtpResponse: '250 2.6.0 Message received', reportingMTA: 'mta.example.com' },
    }),
  },
  {
    name: 'SES: permanent bounce with a code',
    provider: 'ses',
    ...isHard,
    body: ses(bounce('Permanent', 'General', { status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' })),
  },
  {
    name: 'SES: permanent bounce without one',
    provider: 'ses',
    ...isHard,
    body: ses(bounce('Permanent', 'NoEmail'), 'header'),
  },
  {
    name: 'SES: permanent, and our own fault by its code',
    provider: 'ses',
    ...isBlock,
    body: ses(bounce('Permanent', 'General', { status: '5.7.1', diagnosticCode: 'smtp; 550 5.7.1 blocked' }), 'common'),
  },
  {
    name: 'SES: on its own list of dead addresses',
    provider: 'ses',
    ...isHard,
    body: ses(bounce('Permanent', 'OnAccountSuppressionList')),
  },
  {
    name: 'SES: full mailbox',
    provider: 'ses',
    ...isSoft,
    body: ses(bounce('Transient', 'MailboxFull', { status: '4.2.2' })),
  },
  {
    name: 'SES: transient, whatever its words say',
    provider: 'ses',
    ...isSoft,
    body: ses(bounce('Transient', 'General', { diagnosticCode: 'smtp; 550 user unknown' })),
  },
  { name: 'SES: content refused', provider: 'ses', ...isBlock, body: ses(bounce('Transient', 'ContentRejected')) },
  {
    name: 'SES: undetermined',
    provider: 'ses',
    kind: 'unknown',
    state: 'bounced',
    reason: 'bounced-unknown',
    body: ses(bounce('Undetermined', 'Undetermined')),
  },
  { name: 'SES: complaint', provider: 'ses', ...isComplaint, body: ses(complaint({ complaintFeedbackType: 'abuse' })) },
  {
    name: 'SES: a complaint of before',
    provider: 'ses',
    ...isWithheld,
    body: ses(complaint({ complaintSubType: 'OnAccountSuppressionList' })),
  },
  {
    name: 'SES: found to be no spam',
    provider: 'ses',
    ...isUnknown,
    body: ses(complaint({ complaintFeedbackType: 'not-spam' })),
  },
  {
    name: 'SES: delay',
    provider: 'ses',
    ...isUnderway,
    body: ses({
      eventType: 'DeliveryDelay',
      deliveryDelay: {
        delayType: 'TransientCommunicationFailure',
        delayedRecipients: [{ status: '4.4.1', diagnosticCode: 'smtp; 421 4.4.1 Unable to connect' }],
      },
    }),
  },
  {
    name: 'SES: rejected for a virus',
    provider: 'ses',
    ...isBlock,
    body: ses({ eventType: 'Reject', reject: { reason: 'Bad content' } }),
  },
  {
    name: 'SES: left on its own page',
    provider: 'ses',
    ...isLeaving,
    body: ses({
      eventType: 'Subscription',
      subscription: { contactList: 'c', newTopicPreferences: { unsubscribeAll: true } },
    }),
  },
  {
    name: 'SES: open',
    provider: 'ses',
    ...isIgnored,
    body: ses({ eventType: 'Open', open: { userAgent: 'Mozilla' } }),
  },
  { name: 'SES: something new', provider: 'ses', ...isUnknown, body: ses({ eventType: 'Teleported' }) },
  {
    name: 'SendGrid: delivered',
    provider: 'sendgrid',
    ...isDelivered,
    body: sendgrid({ event: 'delivered', response: '250 OK' }),
  },
  { name: 'SendGrid: processed', provider: 'sendgrid', ...isIgnored, body: sendgrid({ event: 'processed' }) },
  {
    name: 'SendGrid: deferred',
    provider: 'sendgrid',
    ...isUnderway,
    body: sendgrid({ event: 'deferred', response: '400 try again later', attempt: '5' }),
  },
  {
    name: 'SendGrid: bounce',
    provider: 'sendgrid',
    ...isHard,
    body: sendgrid({
      event: 'bounce',
      type: 'bounce',
      status: '5.0.0',
      reason: '500 unknown recipient',
      bounce_classification: 'Invalid Address',
    }),
  },
  {
    name: 'SendGrid: blocked',
    provider: 'sendgrid',
    ...isBlock,
    body: sendgrid({
      event: 'bounce',
      type: 'blocked',
      status: '5.7.1',
      reason: '550 5.7.1 poor reputation',
      bounce_classification: 'Reputation',
    }),
  },
  {
    name: 'SendGrid: dropped, bounced before',
    provider: 'sendgrid',
    ...isHard,
    body: sendgrid({ event: 'dropped', reason: 'Bounced Address', status: '5.0.0' }),
  },
  {
    name: 'SendGrid: dropped, unsubscribed before',
    provider: 'sendgrid',
    ...isWithheld,
    body: sendgrid({ event: 'dropped', reason: 'Unsubscribed Address' }),
  },
  {
    name: 'SendGrid: dropped, spam content',
    provider: 'sendgrid',
    ...isBlock,
    body: sendgrid({ event: 'dropped', reason: 'Spam Content' }),
  },
  { name: 'SendGrid: spam report', provider: 'sendgrid', ...isComplaint, body: sendgrid({ event: 'spamreport' }) },
  { name: 'SendGrid: unsubscribe', provider: 'sendgrid', ...isLeaving, body: sendgrid({ event: 'unsubscribe' }) },
  {
    name: 'SendGrid: group unsubscribe',
    provider: 'sendgrid',
    ...isLeaving,
    body: sendgrid({ event: 'group_unsubscribe', asm_group_id: 10 }),
  },
  {
    name: 'SendGrid: group resubscribe',
    provider: 'sendgrid',
    ...isUnknown,
    body: sendgrid({ event: 'group_resubscribe', asm_group_id: 10 }),
  },
  {
    name: 'SendGrid: click',
    provider: 'sendgrid',
    ...isIgnored,
    body: sendgrid({ event: 'click', url: 'https://example.com/' }),
  },
  {
    name: 'Postmark: delivery',
    provider: 'postmark',
    ...isDelivered,
    body: postmark({
      RecordType: 'Delivery',
      Recipient: 'x@y.example',
      DeliveredAt: '2026-11-20T16:33:54Z',
      Details: 'smtp;250 2.0.0 OK',
    }),
  },
  {
    name: 'Postmark: hard bounce',
    provider: 'postmark',
    ...isHard,
    body: postmarkBounce('HardBounce', 1, 'action: failed'),
  },
  {
    name: 'Postmark: soft bounce',
    provider: 'postmark',
    ...isSoft,
    body: postmarkBounce('SoftBounce', 4096, 'smtp;452 4.2.2 full'),
  },
  {
    name: 'Postmark: blocked',
    provider: 'postmark',
    ...isBlock,
    body: postmarkBounce('Blocked', 100006, 'smtp;554 5.7.1 blocked'),
  },
  {
    name: 'Postmark: auto-responder',
    provider: 'postmark',
    kind: 'auto-reply',
    ...nothing,
    body: postmarkBounce('AutoResponder', 64, 'I am away'),
  },
  {
    name: 'Postmark: challenge',
    provider: 'postmark',
    kind: 'challenge',
    ...nothing,
    body: postmarkBounce('ChallengeVerification', 16384, 'Prove it'),
  },
  {
    name: 'Postmark: a bounce it does not know',
    provider: 'postmark',
    ...isUnknown,
    body: postmarkBounce('Unknown', 2048, ''),
  },
  {
    name: 'Postmark: spam complaint',
    provider: 'postmark',
    ...isComplaint,
    body: postmark({ RecordType: 'SpamComplaint', Type: 'SpamComplaint', TypeCode: 100001 }),
  },
  {
    name: 'Postmark: left by its link',
    provider: 'postmark',
    ...isLeaving,
    body: postmark({
      RecordType: 'SubscriptionChange',
      Recipient: 'x@y.example',
      SuppressSending: true,
      SuppressionReason: 'ManualSuppression',
      Origin: 'Recipient',
      ChangedAt: '2026-11-20T16:33:54Z',
    }),
  },
  {
    name: 'Postmark: open',
    provider: 'postmark',
    ...isIgnored,
    body: postmark({ RecordType: 'Open', FirstOpen: true, Recipient: 'x@y.example' }),
  },
  {
    name: 'Mailgun: delivered',
    provider: 'mailgun',
    ...isDelivered,
    body: mailgun({ event: 'delivered', 'delivery-status': { code: 250, message: 'OK' } }),
  },
  {
    name: 'Mailgun: permanent failure',
    provider: 'mailgun',
    ...isHard,
    body: mailgun(
      failure('permanent', 'bounce', 550, '5.1.1 The email account that you tried to reach does not exist', '5.1.1'),
      'sender',
    ),
  },
  {
    name: 'Mailgun: temporary failure',
    provider: 'mailgun',
    ...isUnderway,
    body: mailgun(failure('temporary', 'generic', 452, '4.2.2 full', '4.2.2')),
  },
  {
    name: 'Mailgun: given up after days',
    provider: 'mailgun',
    ...isSoft,
    body: mailgun(failure('permanent', 'old', 602, 'Too old')),
  },
  {
    name: 'Mailgun: refused for spam',
    provider: 'mailgun',
    ...isBlock,
    body: mailgun(failure('permanent', 'espblock', 554, 'Rejected'), 'variable'),
  },
  {
    name: 'Mailgun: on its list of dead addresses',
    provider: 'mailgun',
    ...isHard,
    body: mailgun(failure('permanent', 'suppress-bounce', 605, 'Not delivering to previously bounced address')),
  },
  {
    name: 'Mailgun: on its list of leavers',
    provider: 'mailgun',
    ...isWithheld,
    body: mailgun(failure('permanent', 'suppress-unsubscribe', 606, 'Not delivering to a user who unsubscribed')),
  },
  { name: 'Mailgun: complained', provider: 'mailgun', ...isComplaint, body: mailgun({ event: 'complained' }) },
  { name: 'Mailgun: unsubscribed', provider: 'mailgun', ...isLeaving, body: mailgun({ event: 'unsubscribed' }) },
  { name: 'Mailgun: opened', provider: 'mailgun', ...isIgnored, body: mailgun({ event: 'opened' }) },
];
