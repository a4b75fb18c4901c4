import { createHmac } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Response } from 'express';
import { LRUCache } from 'lru-cache';
import { withLogContext } from '#kernel';
import type { AuthenticatedRequest } from './authority.js';

/** Of this many clients and routes, repeated refusals are left out. */
const MAX_REMEMBERED = 5_000;
const REPEATED_MS = 60_000;
const STATUSES: ReadonlySet<number> = new Set([401, 403, 421, 429]);
/** No attempt: the portal asks who is signed in, or the code of a second step. */
const NO_ATTEMPT: ReadonlySet<string> = new Set(['session.missing', 'second-factor.required']);

/** A request with the code of the problem that answered it. */
export interface AnsweredRequest extends AuthenticatedRequest {
  problemCode?: string;
}

/**
 * Logs refused access: missing sign-ins and permissions, wrong passwords and
 * codes, requests of other sites, and exceeded limits. A line has the code, the
 * route, the person or key, and the client, but no address. The same refusal of
 * a client counts once a minute, so that a flood of requests is no flood of
 * lines.
 */
export class SecurityLog {
  private readonly logger = new Logger('Security');
  private readonly logged = new LRUCache<string, true>({ max: MAX_REMEMBERED, ttl: REPEATED_MS });

  /** @param secret of the installation: it keys the hash of a client. */
  constructor(private readonly secret: string) {}

  /**
   * A keyed hash of a network address. It finds the requests of one client; the
   * address itself is in the load balancer's log, by the request id.
   */
  private clientOf(ip: string | undefined): string {
    return createHmac('sha256', this.secret)
      .update(`throughline log client ${ip ?? ''}`)
      .digest('hex')
      .slice(0, 12);
  }

  /** Logs an answer if it is a refusal. */
  recordAnswer(request: AnsweredRequest, { statusCode }: Response, route: string): void {
    const { problemCode = `request.${statusCode}`, session, actor, method } = request;
    if (!STATUSES.has(statusCode) || NO_ATTEMPT.has(problemCode)) return;
    const client = this.clientOf(request.ip);
    if (this.isRepeated(`${client} ${problemCode} ${method} ${route}`)) return;
    const apiKey = actor !== undefined && actor.kind !== 'system' ? actor.apiKeyId : null;
    const context = {
      event: 'refused',
      client,
      ...(session === undefined ? {} : { user: session.user.id }),
      ...(apiKey === null ? {} : { apiKey }),
    };
    withLogContext(context, () => this.logger.warn(`${problemCode}: ${method} ${route} ${statusCode}`));
  }

  private isRepeated(refusal: string): boolean {
    if (this.logged.has(refusal)) return true;
    this.logged.set(refusal, true);
    return false;
  }
}
