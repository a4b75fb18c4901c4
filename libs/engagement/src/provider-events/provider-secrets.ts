import { randomBytes } from 'node:crypto';
import { DomainError } from '#kernel';
import type { Provider } from './provider.js';
import { sendgridKey } from './provider-proof.js';
import { TOPIC_ARN } from './sns-envelope.js';

const SECRET_BYTES = 32;

/**
 * The secret that authenticates a provider. Postmark has none, so it is
 * generated here. The other providers show theirs in their console.
 * @throws DomainError `provider-source.secret-invalid`, which says what the
 *   secret is and where to find it.
 */
export function secretFor(provider: Provider, given: string | undefined): string {
  const secret = given?.trim() ?? '';
  switch (provider) {
    case 'postmark':
      if (secret === '') return randomBytes(SECRET_BYTES).toString('base64url');
      throw invalid('Postmark’s password is made here: leave the secret out.');
    case 'ses':
      if (TOPIC_ARN.test(secret)) return secret;
      throw invalid('Give the ARN of the SNS topic, such as arn:aws:sns:eu-west-1:123456789012:mail-events.');
    case 'sendgrid':
      if (isKey(secret)) return secret;
      throw invalid(
        'Give the verification key that SendGrid shows under Mail Settings, Event Webhook, Signature Verification.',
      );
    case 'mailgun':
      if (/^[\x21-\x7e]{16,200}$/.test(secret)) return secret;
      throw invalid('Give the HTTP webhook signing key that Mailgun shows under Settings, API Security.');
  }
}

function isKey(secret: string): boolean {
  try {
    return sendgridKey(secret).asymmetricKeyType === 'ec';
  } catch {
    return false;
  }
}

const invalid = (sentence: string): DomainError =>
  new DomainError('provider-source.secret-invalid', sentence, { field: 'secret' });
