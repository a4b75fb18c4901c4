import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as httpRequest,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { urlOf } from '#kernel';
import { addressProblem } from './address.js';
import { failureOf } from './failure.js';

/** One request to an address that somebody else chose. */
export interface OutboundRequest {
  readonly method: 'GET' | 'POST';
  /** Absolute `https` address without user, password or a port that the reach does not name. */
  readonly url: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer;
  /** For everything together: resolving, connecting, all redirects, the body. */
  readonly timeoutMs: number;
  /** The body is read so far and no further. */
  readonly maxBodyBytes: number;
  /** 0 gives a redirect back as it is. Only GET is ever sent on. */
  readonly maxRedirects: number;
}

/** Where a request may go; nothing but public addresses on port 443 unless told. */
export interface OutboundReach {
  readonly ports?: readonly number[] | 'any';
  /** Also unencrypted: for trying things on one's own machine, never for strangers' addresses. */
  readonly plainHttp?: boolean;
  /** Addresses and CIDR blocks beside the public ones: an operator's own network, a test's loopback. */
  readonly allowedAddresses?: readonly string[];
  /** PEM, instead of the certificate authorities that Node.js knows. */
  readonly certificateAuthority?: string;
  /** Resolves names, instead of the operating system. Its answers are judged like any other. */
  readonly lookup?: LookupFunction;
}

/** What the other side said. A status is no judgement: 404 and 500 are answers, too. */
export interface OutboundAnswer {
  readonly ok: true;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** There was more than `maxBodyBytes`. */
  readonly truncated: boolean;
  /** Where the answer came from, after redirects. */
  readonly url: string;
}

export interface OutboundFailure {
  readonly ok: false;
  /** Where it failed, after redirects. */
  readonly url: string;
  readonly code:
    /** The address is none that may be called: scheme, user, port, or not public. Trying again changes nothing. */
    | 'address-refused'
    /** No such name, or nobody here who can tell. */
    | 'name-unresolved'
    | 'unreachable'
    | 'certificate-invalid'
    | 'timed-out'
    | 'too-many-redirects';
  /** A sentence. */
  readonly message: string;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Sends a request to an address that a vendor, a partner or a list chose, without becoming their way into our network:
 * `https` alone, each name resolved in the step that connects and refused when any of its addresses is not public
 * (RFC 6890), each redirect judged like the first address, time and size bounded. Never throws for what the other side does.
 * @param reach where it may go; nothing but public addresses on port 443 unless told.
 */
export async function callOut(
  request: OutboundRequest,
  reach: OutboundReach = {},
): Promise<OutboundAnswer | OutboundFailure> {
  const deadline = AbortSignal.timeout(request.timeoutMs);
  let url = request.url;
  for (let hops = 0; ; hops++) {
    const problem = addressProblem(url, reach);
    if (problem !== null) return { ok: false, url, code: 'address-refused', message: problem };
    const answer = await once({ ...request, url }, reach, deadline);
    const next = answer.ok ? redirectOf(answer, request) : null;
    if (next === null) return answer;
    if (hops === request.maxRedirects)
      return { ok: false, url, code: 'too-many-redirects', message: `It redirects more than ${hops} times.` };
    url = next;
  }
}

/** The absolute address that an answer points to; null where it is final. */
function redirectOf(
  { status, headers, url }: OutboundAnswer,
  { method, maxRedirects }: OutboundRequest,
): string | null {
  const { location } = headers;
  if (!REDIRECTS.has(status) || location === undefined || method !== 'GET' || maxRedirects === 0) return null;
  return urlOf(location, url)?.href ?? location;
}

function once(
  { method, url, headers, body, maxBodyBytes }: OutboundRequest,
  { allowedAddresses, certificateAuthority, lookup }: OutboundReach,
  deadline: AbortSignal,
): Promise<OutboundAnswer | OutboundFailure> {
  return new Promise((resolve) => {
    const fail = (error: unknown): void => {
      resolve({ ok: false, url, ...failureOf(error, deadline.aborted) });
    };
    // An agent for each request: no connection outlives the judgement of its address.
    const isPlain = url.startsWith('http:');
    const agent = new (isPlain ? RequestFilteringHttpAgent : RequestFilteringHttpsAgent)({
      allowIPAddressList: [...(allowedAddresses ?? [])],
      ...(certificateAuthority === undefined ? {} : { ca: certificateAuthority }),
      ...(lookup === undefined ? {} : { lookup }),
    });
    const outgoing = (isPlain ? httpRequest : httpsRequest)(
      url,
      {
        method,
        agent,
        signal: deadline,
        headers: { 'accept-encoding': 'identity', ...headers, ...(body && { 'content-length': body.length }) },
      },
      (answer) => {
        readBody(answer, maxBodyBytes).then(({ bytes, truncated }) => {
          const { statusCode = 0, headers: answered } = answer;
          resolve({ ok: true, status: statusCode, headers: answered, body: bytes, truncated, url });
        }, fail);
      },
    );
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

async function readBody(answer: IncomingMessage, maxBytes: number): Promise<{ bytes: Buffer; truncated: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Leaving the loop destroys the answer and its connection.
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, maxBytes - length));
    length += chunk.length;
    if (length > maxBytes) return { bytes: Buffer.concat(chunks), truncated: true };
  }
  return { bytes: Buffer.concat(chunks), truncated: false };
}
