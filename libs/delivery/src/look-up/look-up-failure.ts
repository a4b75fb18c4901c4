import type { OutboundFailure } from '#outbound';

/** Why nothing can be looked up at a provider: names that stay, for whoever says it in another language. */
export const LOOK_UP_FAILURES = [
  'key-unreadable',
  'key-refused',
  'place-unknown',
  'asked-too-often',
  'provider-down',
  'question-refused',
  'answer-too-long',
  'answer-strange',
  'address-refused',
  'name-unresolved',
  'certificate-invalid',
  'unreachable',
  'timed-out',
  'too-many-redirects',
] as const;

/** One of them with our sentence, in English. */
export interface LookUpFailure {
  readonly code: (typeof LOOK_UP_FAILURES)[number];
  readonly problem: string;
}

/** Nobody could ask, for no whole answer came. */
export const unanswered = ({ code, message }: OutboundFailure): LookUpFailure => ({ code, problem: message });

/** What an answer of HTTP means that is no finding. */
export function refusedWith(status: number): LookUpFailure {
  if (status === 401 || status === 403)
    return {
      code: 'key-refused',
      problem: `It refuses the key (${status}). Give one that may read events, and see that the account has that feature.`,
    };
  if (status === 404)
    return {
      code: 'place-unknown',
      problem: 'It knows no such domain or stream (404). Look at the name, and at the region.',
    };
  if (status === 429)
    return { code: 'asked-too-often', problem: 'It is asked too often (429), and is left alone for a while.' };
  return status >= 500
    ? { code: 'provider-down', problem: `It cannot answer now (${status}).` }
    : { code: 'question-refused', problem: `It refuses the question (${status}).` };
}

/** An answer that cannot be read. */
export const unreadable = (isTruncated: boolean): LookUpFailure =>
  isTruncated
    ? { code: 'answer-too-long', problem: 'It answered more than can be read.' }
    : { code: 'answer-strange', problem: 'It answered what its API does not.' };

/** The key that is kept was closed under another secret of the installation. */
export const KEY_UNREADABLE: LookUpFailure = {
  code: 'key-unreadable',
  problem: 'Its key cannot be opened with the SECRET_KEY of this installation. Give it anew.',
};
