import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { callOut } from '#outbound';
import { signedText, SnsEnvelope } from '../../libs/engagement/src/provider-events/sns-envelope.js';
import { TEST_CERTIFICATE } from '../../libs/outbound/src/certificate.fixture.js';
import { SNS_CERTIFICATE } from './sns-certificate.js';

/** One request of a provider. */
export interface ProviderPost {
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

export const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:mail-events';
export const SNS_HOST = 'https://sns.eu-west-1.amazonaws.com';
const CERTIFICATE_PATH = '/SimpleNotificationService-0123456789abcdef.pem';

/**
 * The providers' side: signing keys of this run, and the host of SNS with its
 * certificate and confirmation URL.
 */
export class ProviderServers {
  readonly mailgunKey = randomBytes(20).toString('hex');
  readonly asked: string[] = [];
  private readonly sendgrid = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private server: Server | null = null;
  private port = 0;

  async open(): Promise<this> {
    const { key, certificate } = TEST_CERTIFICATE;
    this.server = createServer({ key, cert: certificate }, (request, response) => {
      this.asked.push(request.url ?? '');
      response.end(request.url === CERTIFICATE_PATH ? SNS_CERTIFICATE.certificate : 'ok');
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server?.close(resolve));
  }

  /** As SendGrid shows its verification key. */
  get sendgridKey(): string {
    return this.sendgrid.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  }

  /**
   * Sends the product's request for SNS to this server. The guard and the
   * certificate check are the real ones.
   */
  readonly reach = (url: string): ReturnType<typeof callOut> =>
    callOut(
      {
        method: 'GET',
        url: url.replace(SNS_HOST, `https://127.0.0.1:${this.port}`),
        timeoutMs: 5000,
        maxBodyBytes: 65_536,
        maxRedirects: 0,
      },
      { ports: 'any', allowedAddresses: ['127.0.0.1'], certificateAuthority: TEST_CERTIFICATE.certificate },
    );

  fromSendgrid(body: object, key: KeyObject = this.sendgrid.privateKey): ProviderPost {
    const raw = Buffer.from(JSON.stringify(body));
    const timestamp = String(Math.floor(Date.now() / 1000));
    return {
      body: raw,
      headers: {
        'content-type': 'application/json',
        'x-twilio-email-event-webhook-timestamp': timestamp,
        'x-twilio-email-event-webhook-signature': sign(
          'sha256',
          Buffer.concat([Buffer.from(timestamp), raw]),
          key,
        ).toString('base64'),
      },
    };
  }

  fromPostmark(body: object, password: string): ProviderPost {
    const authorization = `Basic ${Buffer.from(`postmark:${password}`).toString('base64')}`;
    return { body: Buffer.from(JSON.stringify(body)), headers: { 'content-type': 'application/json', authorization } };
  }

  fromMailgun(body: object, changes: { token?: string; ageS?: number; key?: string } = {}): ProviderPost {
    const { token = randomBytes(25).toString('hex'), ageS = 0, key = this.mailgunKey } = changes;
    const timestamp = String(Math.floor(Date.now() / 1000) - ageS);
    const signature = createHmac('sha256', key)
      .update(timestamp + token)
      .digest('hex');
    const raw = Buffer.from(JSON.stringify({ signature: { timestamp, token, signature }, ...body }));
    return { body: raw, headers: { 'content-type': 'application/json' } };
  }

  /** In the envelope of SNS. @param changes to what is signed. */
  fromSns(
    message: object | string,
    changes: Partial<SnsEnvelope> = {},
    spoil: Partial<SnsEnvelope> = {},
  ): ProviderPost {
    const envelope: SnsEnvelope = {
      Type: 'Notification',
      MessageId: randomBytes(16).toString('hex'),
      TopicArn: TOPIC,
      Message: typeof message === 'string' ? message : JSON.stringify(message),
      Timestamp: new Date().toISOString(),
      SignatureVersion: '2',
      Signature: '',
      SigningCertURL: `${SNS_HOST}${CERTIFICATE_PATH}`,
      ...changes,
    };
    const algorithm = envelope.SignatureVersion === '2' ? 'sha256' : 'sha1';
    const Signature = sign(algorithm, Buffer.from(signedText(envelope)), SNS_CERTIFICATE.key).toString('base64');
    return {
      body: Buffer.from(
        JSON.stringify({ ...envelope, Signature, UnsubscribeURL: `${SNS_HOST}/?Action=Unsubscribe`, ...spoil }),
      ),
      headers: { 'content-type': 'text/plain; charset=UTF-8', 'x-amz-sns-message-type': envelope.Type },
    };
  }
}
