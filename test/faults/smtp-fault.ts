interface Reply {
  readonly code: number;
  readonly text: string;
}

/**
 * A fault of one message: the point of the SMTP conversation (RFC 5321), and
 * its kind.
 */
export interface SmtpFault {
  /**
   * Before DATA: `mail`, `recipient`, `data`. In the middle: `content`. After
   * it: `end-of-data`.
   */
  readonly at: 'mail' | 'recipient' | 'data' | 'content' | 'end-of-data';
  readonly does: Reply | 'drop' | 'hang';
  /**
   * If the server does not answer end-of-data: whether it has the message all
   * the same.
   */
  readonly taken?: true;
}

/**
 * By name: each answer of a relay, or its absence, at every point of a
 * submission.
 */
export const SMTP_FAULTS = {
  '421 at MAIL': { at: 'mail', does: { code: 421, text: '4.3.2 closing' } },
  'hang at MAIL': { at: 'mail', does: 'hang' },
  'drop at MAIL': { at: 'mail', does: 'drop' },
  '552 at MAIL': { at: 'mail', does: { code: 552, text: '5.3.4 too big' } },
  '451 at RCPT': { at: 'recipient', does: { code: 451, text: '4.7.1 greylisted' } },
  '452 at RCPT': { at: 'recipient', does: { code: 452, text: '4.2.2 full' } },
  '552 at RCPT': { at: 'recipient', does: { code: 552, text: '5.2.2 full' } },
  '421 at DATA': { at: 'data', does: { code: 421, text: '4.3.2 closing' } },
  '451 at DATA': { at: 'data', does: { code: 451, text: '4.3.0 later' } },
  '552 at DATA': { at: 'data', does: { code: 552, text: '5.3.4 too big' } },
  'drop at DATA': { at: 'data', does: 'drop' },
  'hang at DATA': { at: 'data', does: 'hang' },
  'drop in DATA': { at: 'content', does: 'drop' },
  'hang in DATA': { at: 'content', does: 'hang' },
  '421 in DATA': { at: 'content', does: { code: 421, text: '4.3.2 closing' } },
  '451 in DATA': { at: 'content', does: { code: 451, text: '4.3.0 later' } },
  '552 in DATA': { at: 'content', does: { code: 552, text: '5.3.4 too big' } },
  '421 after the end of data': { at: 'end-of-data', does: { code: 421, text: '4.3.2 closing' } },
  '451 after the end of data': { at: 'end-of-data', does: { code: 451, text: '4.3.0 later' } },
  '452 after the end of data': { at: 'end-of-data', does: { code: 452, text: '4.3.1 no room' } },
  '552 after the end of data': { at: 'end-of-data', does: { code: 552, text: '5.3.4 too big' } },
  'drop after the end of data, not taken': { at: 'end-of-data', does: 'drop' },
  'drop after the end of data, taken': { at: 'end-of-data', does: 'drop', taken: true },
  'hang after the end of data, not taken': { at: 'end-of-data', does: 'hang' },
  'hang after the end of data, taken': { at: 'end-of-data', does: 'hang', taken: true },
} as const satisfies Record<string, SmtpFault>;

export type SmtpFaultName = keyof typeof SMTP_FAULTS;
export const SMTP_FAULT_NAMES = Object.keys(SMTP_FAULTS) as SmtpFaultName[];
