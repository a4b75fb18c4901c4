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

/** One request to an address that a user chose. */
export interface OutboundRequest {
  readonly method: 'GET' | 'POST';
  /**
   * Absolute `https` address without user, password or a port outside the
   * reach.
   */
  readonly url: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer;
  /** For everything: resolving, connecting, redirects, body. */
  readonly timeoutMs: number;
  /** The rest of the body is not read. */
  readonly maxBodyBytes: number;
  /** 0 returns a redirect as it is. Only GET is redirected. */
  readonly maxRedirects: number;
}

/** Where a request may go. Default: public addresses on port 443. */
export interface OutboundReach {
  readonly ports?: readonly number[] | 'any';
  /** Allows http, for trials on one's own machine only. */
  readonly plainHttp?: boolean;
  /**
   * Addresses and CIDR blocks besides public ones: an operator's network,
   * loopback in tests.
   */
  readonly allowedAddresses?: readonly string[];
  /** PEM, instead of the certificate authorities of Node.js. */
  readonly certificateAuthority?: string;
  /**
   * Replaces the resolver of the operating system. Its answers are checked too.
   */
  readonly lookup?: LookupFunction;
}

/** The answer of the server. Any status is an answer. */
export interface OutboundAnswer {
  readonly ok: true;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body was longer than `maxBodyBytes`. */
  readonly truncated: boolean;
  /** Where the answer came from, after redirects. */
  readonly url: string;
}

export interface OutboundFailure {
  readonly ok: false;
  /** Where it failed, after redirects. */
  readonly url: string;
  readonly code:
    /**
     * The scheme, user, port or IP address is not allowed. A retry does not
     * help.
     */
    | 'address-refused'
    /** The name does not exist, or no resolver answered. */
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
 * Sends a request to an address that a user chose, without giving access to our
 * network: `https` only, each name resolved in the step that connects and
 * refused if any address is not public (RFC 6890), each redirect checked again,
 * time and size limited. Server errors are returned, not thrown.
 * @param reach where it may go.
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

/** The absolute address of a redirect; null if the answer is final. */
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
    // One agent per request: no connection outlives the check of its address.
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
