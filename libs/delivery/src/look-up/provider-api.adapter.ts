import { Injectable } from '@nestjs/common';
import { callOut, type OutboundAnswer } from '#outbound';
import { type LookUpFailure, refusedWith, unanswered, unreadable } from './look-up-failure.js';
import type { LookUpFinding, LookUpTarget, MessageToFind } from './look-up.js';
import { LOOK_UPS } from './look-ups.js';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 512 * 1024;

/** Result of one look-up. */
export type LookUpAnswer =
  | { readonly kind: 'found'; readonly finding: LookUpFinding }
  | { readonly kind: 'not-found' }
  /** Nothing can be said: of no message of this provider, for now. */
  | { readonly kind: 'failure'; readonly failure: LookUpFailure; readonly restMs: number };

/** Calls the APIs of providers, at their own hosts only. */
@Injectable()
export class ProviderApi {
  /** Looks one message up. Provider errors are returned, not thrown. */
  async lookUp(place: LookUpTarget, key: string, sought: MessageToFind): Promise<LookUpAnswer> {
    const { hosts, question, read } = LOOK_UPS[place.provider];
    const { path, headers } = question(place, key, sought);
    const answer = await this.get(`https://${hosts[place.region] ?? ''}${path}`, headers);
    if (!answer.ok) return failed(unanswered(answer));
    if (answer.status !== 200) return failed(refusedWith(answer.status), retryAfterMs(answer));
    try {
      const finding = read(JSON.parse(answer.body.toString('utf8')), sought);
      return finding === null ? { kind: 'not-found' } : { kind: 'found', finding };
    } catch {
      return failed(unreadable(answer.truncated));
    }
  }

  /**
   * The only outgoing request. Redirects are not followed: the key must not
   * reach another host.
   */
  async get(url: string, headers: Readonly<Record<string, string>>): ReturnType<typeof callOut> {
    const request = { method: 'GET', url, headers: { accept: 'application/json', ...headers } } as const;
    return callOut({ ...request, timeoutMs: TIMEOUT_MS, maxBodyBytes: MAX_BYTES, maxRedirects: 0 });
  }
}

const failed = (failure: LookUpFailure, restMs = 0): LookUpAnswer => ({ kind: 'failure', failure, restMs });

/** `Retry-After` in seconds (RFC 9110, 10.2.3). A date is ignored. */
function retryAfterMs({ headers }: OutboundAnswer): number {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}
