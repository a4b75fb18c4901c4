import { Readable } from 'node:stream';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import { type Envelope, type HandOver, type HandOverHooks, MailTransport } from './mail-transport.adapter.js';

export interface SmtpOptions {
  /** `smtp://user:password@host:port`. */
  readonly url: string;
  /** Connections at once. */
  readonly connections: number;
}

const CONNECT_MS = 30_000;
/** RFC 5321, 4.5.3.2.6: ten minutes for the answer to the dot. */
const SOCKET_MS = 10 * 60_000;

/** Hands over by SMTP through nodemailer's pool. The ledger owns retries, so the pool must not requeue by itself. */
@Injectable()
export class SmtpTransport extends MailTransport implements OnApplicationShutdown {
  private readonly pool: Transporter<SMTPPool.SentMessageInfo>;

  constructor(options: SmtpOptions) {
    super();
    const url = new URL(options.url);
    this.pool = createTransport({
      pool: true,
      host: url.hostname,
      port: Number(url.port || (url.protocol === 'smtps:' ? 465 : 25)),
      secure: url.protocol === 'smtps:',
      ...(url.username === ''
        ? {}
        : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
      // A relay on the same machine or in the same network often has no certificate that anybody knows.
      tls: { rejectUnauthorized: url.protocol === 'smtps:' },
      maxConnections: options.connections,
      maxMessages: Infinity,
      maxRequeues: 0,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SOCKET_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    } as SMTPPool.Options);
  }

  override async handOver(envelope: Envelope, raw: Buffer, hooks: HandOverHooks = {}): Promise<HandOver> {
    const progress = { lastByteRead: false };
    try {
      const info = await this.pool.sendMail({
        envelope: { from: envelope.from, to: [envelope.to] },
        raw: bytesThenFlag(raw, hooks, progress),
      });
      hooks.accepted?.();
      return { kind: 'accepted', response: info.response };
    } catch (error) {
      return classify(error, progress.lastByteRead);
    }
  }

  override async close(): Promise<void> {
    this.pool.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}

/** The message as a stream whose end runs the hook: nodemailer writes the dot when, and only when, the stream has ended. */
function bytesThenFlag(raw: Buffer, hooks: HandOverHooks, progress: { lastByteRead: boolean }): Readable {
  function* pieces(): Generator<Buffer> {
    yield raw;
    hooks.beforeDot?.();
    progress.lastByteRead = true;
  }
  return Readable.from(pieces(), { objectMode: false });
}

/** @param afterDot whether the dot may have gone out; nodemailer's own codes do not tell. */
function classify(error: unknown, afterDot: boolean): HandOver {
  const { responseCode, message } = error as { responseCode?: number; message?: string };
  const text = message ?? String(error);
  if (responseCode !== undefined && responseCode >= 500) return { kind: 'permanent', code: responseCode, text };
  if (responseCode !== undefined && responseCode >= 400) return { kind: 'transient', code: responseCode, text };
  return afterDot ? { kind: 'unknown', text } : { kind: 'transient', code: null, text };
}
