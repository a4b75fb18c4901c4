import type { OutboundFailure } from '#outbound';

/** Why a provider cannot be asked. Stable codes, which screens translate. */
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

/** A failure code with its English sentence. */
export interface LookUpFailure {
  readonly code: (typeof LOOK_UP_FAILURES)[number];
  readonly problem: string;
}

/** The request failed without a complete answer. */
export const unanswered = ({ code, message }: OutboundFailure): LookUpFailure => ({ code, problem: message });

/** The meaning of an HTTP status other than 200. */
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

/** The answer could not be parsed. */
export const unreadable = (isTruncated: boolean): LookUpFailure =>
  isTruncated
    ? { code: 'answer-too-long', problem: 'It answered more than can be read.' }
    : { code: 'answer-strange', problem: 'It answered what its API does not.' };

/** The stored key was sealed under another SECRET_KEY. */
export const KEY_UNREADABLE: LookUpFailure = {
  code: 'key-unreadable',
  problem: 'Its key cannot be opened with the SECRET_KEY of this platform. Enter it again.',
};
