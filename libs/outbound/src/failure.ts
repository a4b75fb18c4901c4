import type { OutboundFailure } from './call-out.js';

const UNRESOLVED = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'ENODATA', 'ESERVFAIL']);
const CERTIFICATE = /^(?:ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_SSL_|EPROTO$)/;
/** Refusals of the filtering agent have no code, only this message. */
const FILTERED = /is not allowed\. Because/;

/** The meaning of a request error. @param late the timeout has passed. */
export function failureOf(error: unknown, late: boolean): Pick<OutboundFailure, 'code' | 'message'> {
  if (late) return { code: 'timed-out', message: 'There was no whole answer in time.' };
  // Node.js collects one error per address; the first is enough.
  const { errors, ...one } = describe(error);
  const { code, message } = errors?.[0] === undefined ? one : describe(errors[0]);
  if (code === '' && FILTERED.test(message))
    return { code: 'address-refused', message: 'It leads to an address that is not public.' };
  if (UNRESOLVED.has(code)) return { code: 'name-unresolved', message: 'Its name could not be resolved.' };
  if (CERTIFICATE.test(code))
    return { code: 'certificate-invalid', message: `Its certificate is not valid (${code}).` };
  return { code: 'unreachable', message: `It could not be reached (${code === '' ? message : code}).` };
}

function describe(error: unknown): { code: string; message: string; errors?: readonly unknown[] } {
  const { code = '', message = String(error), errors } = error as Partial<NodeJS.ErrnoException & AggregateError>;
  return { code, message, ...(Array.isArray(errors) && { errors }) };
}
