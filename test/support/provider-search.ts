import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { callOut } from '#outbound';
import { TEST_CERTIFICATE } from '../../libs/outbound/src/certificate.fixture.js';

interface Asked {
  readonly host: string;
  readonly path: string;
  readonly key: string;
}

/**
 * The APIs by which Mailgun, Postmark and SendGrid are searched, in the shapes
 * of their documentation, behind one real HTTPS server.
 */
export class ProviderSearch {
  readonly key = 'a-key-that-may-read';
  readonly asked: Asked[] = [];
  /**
   * What each provider knows, by our message's id: Mailgun's events, Postmark's
   * or SendGrid's status.
   */
  readonly known = new Map<string, readonly string[]>();
  /** In place of an answer. */
  answer: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  } | null = null;
  private server: Server | null = null;
  private port = 0;

  async open(): Promise<this> {
    const { key, certificate } = TEST_CERTIFICATE;
    this.server = createServer({ key, cert: certificate }, (request, response) => {
      const host = String(request.headers['x-asked-host']);
      const url = new URL(request.url ?? '', `https://${host}`);
      const { authorization = '', 'x-postmark-server-token': token } = request.headers;
      const basic = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString().replace('api:', '');
      const sent =
        typeof token === 'string' ? token : authorization.startsWith('Bearer ') ? authorization.slice(7) : basic;
      this.asked.push({ host, path: request.url ?? '', key: sent });
      const { status, headers = {}, body } = this.answer ?? (sent === this.key ? { status: 200 } : { status: 401 });
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(body ?? JSON.stringify(status === 200 ? this.answerTo(url) : { message: 'Forbidden' }));
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server?.close(resolve));
  }

  /**
   * The request that the product would make to a provider, made here: the
   * guard, the certificate check and all that is behind are real.
   */
  readonly reach = (url: string, headers: Readonly<Record<string, string>>): ReturnType<typeof callOut> => {
    const { host } = new URL(url);
    return callOut(
      {
        method: 'GET',
        url: url.replace(`https://${host}`, `https://127.0.0.1:${this.port}`),
        headers: { ...headers, 'x-asked-host': host },
        timeoutMs: 1_000,
        maxBodyBytes: 65_536,
        maxRedirects: 0,
      },
      { ports: 'any', allowedAddresses: ['127.0.0.1'], certificateAuthority: TEST_CERTIFICATE.certificate },
    );
  };

  private answerTo({ pathname, searchParams }: URL): object {
    if (/^\/v3\/[^/]+\/events$/.test(pathname)) {
      const messageId = searchParams.get('message-id') ?? '';
      return {
        items: this.eventsOf(messageId.split('@')[0] ?? '').map((event, at) => ({
          event,
          id: `event-${at}`,
          timestamp: 1_763_000_000 + at,
          recipient: 'someone@customer.example',
          message: { headers: { 'message-id': messageId, to: 'someone@customer.example' } },
        })),
        paging: {},
      };
    }
    if (pathname === '/messages/outbound') {
      const id = searchParams.get('metadata_message-id') ?? '';
      const Messages = this.eventsOf(id).map((Status) => ({
        MessageID: 'theirs',
        Status,
        Metadata: { 'message-id': id },
      }));
      return { TotalCount: Messages.length, Messages };
    }
    const id = /unique_args\['message_id'\]="([^"]+)"/.exec(searchParams.get('query') ?? '')?.[1] ?? '';
    return {
      messages: this.eventsOf(id).map((status) => ({ msg_id: 'theirs', to_email: 'someone@customer.example', status })),
    };
  }

  private eventsOf(id: string): readonly string[] {
    return this.known.get(id) ?? [];
  }
}
