import { X509Certificate } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DomainError } from '#kernel';
import { callOut } from '#outbound';
import { isSignedBy, isSnsAddress, type SnsEnvelope } from './sns-envelope.js';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 64 * 1024;
/** SNS has a certificate or two in a region, and changes them now and then. */
const KEPT = 20;
const FAILED_FOR_MS = 60_000;

/**
 * Requests to Amazon SNS: its signing certificate, and the confirmation of a
 * subscription.
 */
@Injectable()
export class SnsClient {
  private readonly certificates = new LRUCache<string, X509Certificate>({ max: KEPT });
  private readonly failed = new LRUCache<string, true>({ max: KEPT, ttl: FAILED_FOR_MS });

  /**
   * Whether SNS signed it, by a valid certificate from SNS's own host.
   * @throws DomainError `provider-event.certificate-away` if the certificate
   *   cannot be fetched.
   */
  async hasSigned(envelope: SnsEnvelope): Promise<boolean> {
    const { SigningCertURL: url, TopicArn } = envelope;
    if (!isSnsAddress(url, TopicArn) || !new URL(url).pathname.endsWith('.pem')) return false;
    const certificate = this.certificates.get(url) ?? (await this.certificateAt(url));
    const now = Date.now();
    const holds = Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo);
    return holds && isSignedBy(certificate, envelope);
  }

  /**
   * Says yes to a subscription, once its signature is known to be good.
   * @throws DomainError `provider-event.not-confirmed`: SNS asks again.
   */
  async confirm({ SubscribeURL, TopicArn }: SnsEnvelope): Promise<void> {
    const url = SubscribeURL ?? '';
    const answer = isSnsAddress(url, TopicArn) ? await this.get(url) : null;
    if (answer?.ok === true && answer.status === 200) return;
    throw away('provider-event.not-confirmed', 'Amazon SNS did not take the confirmation. It asks again by itself.');
  }

  /**
   * All requests; the address was checked before.
   * Does not follow redirects.
   */
  async get(url: string): ReturnType<typeof callOut> {
    return callOut({ method: 'GET', url, timeoutMs: TIMEOUT_MS, maxBodyBytes: MAX_BYTES, maxRedirects: 0 });
  }

  private async certificateAt(url: string): Promise<X509Certificate> {
    // A forged request must not make us fetch a missing certificate again and
    // again.
    if (this.failed.has(url)) throw certificateAway();
    const answer = await this.get(url);
    const certificate = answer.ok && answer.status === 200 ? readCertificate(answer.body) : null;
    if (certificate === null) {
      this.failed.set(url, true);
      throw certificateAway();
    }
    this.certificates.set(url, certificate);
    return certificate;
  }
}

function readCertificate(pem: Buffer): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

const away = (code: `${string}.${string}`, sentence: string): DomainError =>
  new DomainError(code, sentence, {}, { kind: 'unavailable' });
const certificateAway = (): DomainError =>
  away(
    'provider-event.certificate-away',
    'The certificate of Amazon SNS cannot be had now. Tell it again in a minute.',
  );
