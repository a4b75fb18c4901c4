import { Inject, Injectable } from '@nestjs/common';
import { callOut, type OutboundAnswer, type OutboundFailure, type OutboundReach } from '#outbound';
import { maskAddresses, printable } from '#kernel';
import { bodyOf, signedHeaders, type WebhookBody } from './webhook-secret.js';

/**
 * Allowed webhook targets: public addresses by https on port 443, unless an
 * operator changes it.
 */
export const WEBHOOK_REACH = Symbol('WebhookReach');

const TIMEOUT_MS = 15_000;
/** As much of an answer as is read and kept. */
const EXCERPT_BYTES = 500;

/** One attempt, as logged. */
export interface Call {
  readonly answer: OutboundAnswer | OutboundFailure;
  readonly sentAt: Date;
  readonly tookMs: number;
  readonly status: number | null;
  /** Without mail addresses: a receiver may quote them. */
  readonly excerpt: string;
  readonly error: string | null;
  /** What `error` says, as a code that never changes its meaning. */
  readonly errorCode: OutboundFailure['code'] | null;
}

/** Posts one event to one endpoint. */
@Injectable()
export class WebhookCaller {
  constructor(@Inject(WEBHOOK_REACH) private readonly reach: OutboundReach) {}

  /**
   * Signs with every valid secret and posts.
   * Does not follow redirects.
   * Never throws for the server's behaviour.
   */
  async call(url: string, event: WebhookBody, secrets: readonly string[]): Promise<Call> {
    // The machine's time, not the product's clock: the receiver compares it
    // with its own.
    const sentAt = new Date();
    const answer = await callOut(
      {
        method: 'POST',
        url,
        headers: signedHeaders(event, secrets, sentAt),
        body: Buffer.from(bodyOf(event)),
        timeoutMs: TIMEOUT_MS,
        maxBodyBytes: EXCERPT_BYTES,
        maxRedirects: 0,
      },
      this.reach,
    );
    return {
      answer,
      sentAt,
      tookMs: Date.now() - sentAt.getTime(),
      status: answer.ok ? answer.status : null,
      excerpt: answer.ok ? maskAddresses(printable(answer.body.toString('utf8')), '[address]') : '',
      error: answer.ok ? null : answer.message,
      errorCode: answer.ok ? null : answer.code,
    };
  }
}
