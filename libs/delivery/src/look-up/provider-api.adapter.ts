import { Injectable } from '@nestjs/common';
import { callOut, type OutboundAnswer } from '#outbound';
import type { LookUpFinding, LookUpPlace, SoughtMessage } from './look-up.js';
import { LOOK_UPS } from './look-ups.js';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 512 * 1024;

/** What came of one question. */
export type LookUpAnswer =
  | { readonly kind: 'found'; readonly finding: LookUpFinding }
  | { readonly kind: 'not-found' }
  /** Nothing can be said: of no message of this provider, for now. */
  | { readonly kind: 'trouble'; readonly problem: string; readonly restMs: number };

/** Asks providers, at their own hosts and nowhere else. */
@Injectable()
export class ProviderApi {
  /** Never throws for what the provider does. */
  async ask(place: LookUpPlace, key: string, sought: SoughtMessage): Promise<LookUpAnswer> {
    const { hosts, question, read } = LOOK_UPS[place.provider];
    const { path, headers } = question(place, key, sought);
    const answer = await this.get(`https://${hosts[place.region] ?? ''}${path}`, headers);
    if (!answer.ok) return trouble(answer.message);
    if (answer.status !== 200) return trouble(problemOf(answer), retryAfterMs(answer));
    try {
      const finding = read(JSON.parse(answer.body.toString('utf8')), sought);
      return finding === null ? { kind: 'not-found' } : { kind: 'found', finding };
    } catch {
      return trouble(answer.truncated ? 'It answered more than can be read.' : 'It answered what its API does not.');
    }
  }

  /** The one way out; redirects are not followed: the key goes to the host that it was given for. */
  async get(url: string, headers: Readonly<Record<string, string>>): ReturnType<typeof callOut> {
    const request = { method: 'GET', url, headers: { accept: 'application/json', ...headers } } as const;
    return callOut({ ...request, timeoutMs: TIMEOUT_MS, maxBodyBytes: MAX_BYTES, maxRedirects: 0 });
  }
}

const trouble = (problem: string, restMs = 0): LookUpAnswer => ({ kind: 'trouble', problem, restMs });

function problemOf({ status }: OutboundAnswer): string {
  if (status === 401 || status === 403)
    return `It refuses the key (${status}). Give one that may read events, and see that the account has that feature.`;
  if (status === 404) return 'It knows no such domain or stream (404). Look at the name, and at the region.';
  if (status === 429) return 'It is asked too often (429), and is left alone for a while.';
  return status >= 500 ? `It cannot answer now (${status}).` : `It refuses the question (${status}).`;
}

/** RFC 9110, 10.2.3, in seconds; a date is not worth the clock that it needs. */
function retryAfterMs({ headers }: OutboundAnswer): number {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}
