import { verify, type X509Certificate } from 'node:crypto';
import { z } from 'zod';

const text = z.string();
/** What Amazon SNS posts; it says `text/plain` and means JSON. */
export const SnsEnvelope = z.looseObject({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: text.min(1).max(200),
  TopicArn: text,
  Message: text,
  Timestamp: text,
  Subject: text.nullish(),
  Token: text.nullish(),
  SubscribeURL: text.nullish(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: text,
  SigningCertURL: text,
});
export type SnsEnvelope = z.output<typeof SnsEnvelope>;

export const TOPIC_ARN = /^arn:(?:aws|aws-cn|aws-us-gov):sns:([a-z0-9-]{3,40}):\d{12}:[\w-]{1,256}(?:\.fifo)?$/;
const SIGNED = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
} as const satisfies Record<SnsEnvelope['Type'], readonly (keyof SnsEnvelope)[]>;

/**
 * The text that SNS signs: name and value of each signed field, one per line,
 * in this order. Absent fields are left out.
 */
export function signedText(envelope: SnsEnvelope): string {
  return SIGNED[envelope.Type]
    .flatMap((field) => (envelope[field] == null ? [] : [`${field}\n${envelope[field]}\n`]))
    .join('');
}

/** Version 1, a topic's default, uses SHA-1; version 2 uses SHA-256. */
export function isSignedBy(certificate: X509Certificate, envelope: SnsEnvelope): boolean {
  const algorithm = envelope.SignatureVersion === '2' ? 'sha256' : 'sha1';
  const signature = Buffer.from(envelope.Signature, 'base64');
  return verify(algorithm, Buffer.from(signedText(envelope)), certificate.publicKey, signature);
}

/**
 * Whether an address is SNS's own in the topic's region.
 * Certificates and confirmations are fetched from no other host.
 */
export function isSnsAddress(address: string, topicArn: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  const region = TOPIC_ARN.exec(topicArn)?.[1];
  if (region === undefined || protocol !== 'https:' || username !== '' || password !== '') return false;
  return host === `sns.${region}.amazonaws.com${topicArn.startsWith('arn:aws-cn:') ? '.cn' : ''}`;
}
