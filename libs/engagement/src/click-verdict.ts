/** Whether a person or a machine asked, and why we think so. Only a person's click counts. */
export interface ClickVerdict {
  readonly verdict: 'human' | 'machine';
  readonly why: string;
}

const MACHINE =
  /bot|crawl|spider|scan|preview|fetch|curl|wget|python|java\/|go-http|headless|safelinks|proofpoint|mimecast|barracuda|monitor|checker/i;
/** Scanners follow every link of a message within moments of its arrival. */
const BURST_LINKS = 3;
const TOO_SOON_MS = 2_000;

/** @param others names of other links of the same message clicked in the last ten seconds. @param sinceHandOverMs null when not known. */
export function judgeClick(
  request: { method: string; userAgent: string },
  others: number,
  sinceHandOverMs: number | null,
): ClickVerdict {
  if (request.method === 'HEAD') return { verdict: 'machine', why: 'asked for headers only' };
  if (request.userAgent === '') return { verdict: 'machine', why: 'named no browser' };
  if (MACHINE.test(request.userAgent)) return { verdict: 'machine', why: 'named itself a machine' };
  if (sinceHandOverMs !== null && sinceHandOverMs < TOO_SOON_MS)
    return { verdict: 'machine', why: 'came faster than a person reads' };
  if (others >= BURST_LINKS) return { verdict: 'machine', why: 'followed many links at once' };
  return { verdict: 'human', why: 'nothing speaks against it' };
}
