import type { OutwardLink } from '#content';
import { callOut, type OutboundAnswer, type OutboundFailure, type OutboundReach } from '#outbound';
import type { LINK_ADVICE, VersionWarning } from './version-content.js';

const TIMEOUT_MS = 10_000;
/** Only the status counts; the body is not read. */
const MAX_BODY_BYTES = 1_000;
const MAX_REDIRECTS = 5;
/** At once; a campaign has a handful of links. */
const AT_ONCE = 8;
/**
 * Reserved names (RFC 2606, RFC 6761): demonstrations use them; there is no
 * host to ask.
 */
const RESERVED = /(?:^|\.)(?:example|test|invalid|localhost|example\.(?:com|net|org))$/;
/**
 * Failures of a machine without internet access look the same as those of a bad
 * address.
 */
const MAY_BE_OURS = new Set<OutboundFailure['code']>(['name-unresolved', 'unreachable', 'timed-out']);

type Code = (typeof LINK_ADVICE)[number];

/**
 * Checks whether every link's target exists, as an anonymous reader. The result
 * is advice, never an error: a page may open with the campaign, and a bot
 * filter may answer anything.
 */
export async function checkLinks(
  links: readonly OutwardLink[],
  reach: OutboundReach = {},
): Promise<readonly VersionWarning[]> {
  const asked = links.filter(({ target }) => !RESERVED.test(new URL(target).hostname));
  const answers: (OutboundAnswer | OutboundFailure)[] = [];
  for (let at = 0; at < asked.length; at += AT_ONCE)
    answers.push(...(await Promise.all(asked.slice(at, at + AT_ONCE).map(({ target }) => ask(target, reach)))));
  const [first] = asked;
  if (first !== undefined && answers.every((answer) => !answer.ok && MAY_BE_OURS.has(answer.code)))
    return [
      warning(
        first,
        'links-unchecked',
        'No link could be reached from here, so nothing is known about them: this machine may have no way out.',
        'Open each link in a browser before publishing.',
      ),
    ];
  return asked.flatMap((link, at) => adviceOn(link, answers[at]));
}

const ask = (url: string, reach: OutboundReach): Promise<OutboundAnswer | OutboundFailure> =>
  callOut(
    {
      method: 'GET',
      url,
      headers: { 'user-agent': 'throughline-link-check', accept: '*/*' },
      timeoutMs: TIMEOUT_MS,
      maxBodyBytes: MAX_BODY_BYTES,
      maxRedirects: MAX_REDIRECTS,
    },
    reach,
  );

function adviceOn(link: OutwardLink, answer: OutboundAnswer | OutboundFailure | undefined): VersionWarning[] {
  if (answer === undefined || (answer.ok && answer.status < 400)) return [];
  if (!answer.ok && answer.code === 'address-refused')
    return [
      warning(
        link,
        'link-not-public',
        `The link ${link.name} was not asked. ${answer.message}`,
        'Use an address that recipients can open from anywhere.',
      ),
    ];
  if (answer.ok && (answer.status === 404 || answer.status === 410))
    return [
      warning(
        link,
        'link-dead',
        `The link ${link.name} leads to a page that is not there: ${link.target} answered ${answer.status}.`,
        'Correct the target in campaign.yaml, or put the page up before publishing.',
      ),
    ];
  return [
    warning(
      link,
      'link-unclear',
      `The link ${link.name} did not open for us. ${answer.ok ? `It answered ${answer.status}.` : answer.message}`,
      'Open it in a browser before publishing; it may know a program from a person.',
    ),
  ];
}

const warning = ({ line, column }: OutwardLink, code: Code, message: string, remedy: string): VersionWarning => ({
  code,
  file: 'campaign.yaml',
  line,
  column,
  message,
  remedy,
});
