import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Request, RequestHandler, Response } from 'express';
import { ByteBudget, networkOf } from '#kernel';

/** Larger bodies are refused by the parsers, unread. */
const MAX_BODY_BYTES = 1024 * 1024;
const SMALL_BYTES = 64 * 1024;
/**
 * Bodies of requests that are not answered yet, as they are announced. Small
 * ones have a budget of their own, so that large ones leave room for them.
 */
const SMALL_LIMITS = { total: 64 * 1024 * 1024, perHolder: 4 * 1024 * 1024 } as const;
const LARGE_LIMITS = { total: 192 * 1024 * 1024, perHolder: 16 * 1024 * 1024 } as const;
/** A megabyte by a slow mobile connection takes 20 s. */
const BODY_MS = 30_000;
const HEADERS_MS = 20_000;
/** An office has many browsers behind one address, with six connections each. */
const CONNECTIONS_PER_NETWORK = 512;
const RETRY_SECONDS = '10';

/**
 * Limits what callers can make the process hold before it knows them: bytes of
 * bodies for each network and in all, and the time of a body. Bodies of uploads
 * are not counted: they are read after the caller is known (`uploads.ts`).
 */
export function limitOpenBodies(): RequestHandler {
  const small = new ByteBudget(SMALL_LIMITS);
  const large = new ByteBudget(LARGE_LIMITS);
  return (request, response, next) => {
    const bytes = announcedBytes(request);
    if (bytes === 0) {
      next();
      return;
    }
    const network = networkOf(request.ip ?? '');
    const budget = bytes <= SMALL_BYTES ? small : large;
    if (!budget.reserve(network, bytes)) {
      refuse(response, TOO_MANY);
      return;
    }
    const timer = setTimeout(() => endUnfinished(request, response), BODY_MS).unref();
    request.once('end', () => clearTimeout(timer));
    response.once('close', () => {
      clearTimeout(timer);
      budget.release(network, bytes);
    });
    next();
  };
}

/**
 * Limits how long a header may take and, where clients connect directly, the
 * connections of each network. Behind a load balancer all have its address.
 */
export function limitConnections(server: Server, trustedProxies: number): void {
  server.headersTimeout = HEADERS_MS;
  if (trustedProxies > 0) return;
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const network = networkOf(socket.remoteAddress ?? '');
    const count = (open.get(network) ?? 0) + 1;
    open.set(network, count);
    socket.once('close', () => {
      const left = (open.get(network) ?? 1) - 1;
      if (left > 0) open.set(network, left);
      else open.delete(network);
    });
    if (count > CONNECTIONS_PER_NETWORK) socket.destroy();
  });
}

/** @returns 0 for a request without a body, and for an upload. */
function announcedBytes({ headers }: Request): number {
  if (/^multipart\/form-data\b/i.test(headers['content-type'] ?? '')) return 0;
  // Its length is not known before its end.
  if (headers['transfer-encoding'] !== undefined) return MAX_BODY_BYTES;
  // Compressed bodies count as what they may become.
  const announced = Number(headers['content-length'] ?? 0);
  if (announced > 0 && headers['content-encoding'] !== undefined) return MAX_BODY_BYTES;
  return Math.min(announced, MAX_BODY_BYTES);
}

function endUnfinished(request: Request, response: Response): void {
  if (request.complete || response.headersSent) return;
  refuse(response, SLOW);
  response.once('finish', () => request.destroy());
}

const TOO_MANY = {
  status: 429,
  code: 'request.too-many',
  title: 'Too many requests',
  detail: `Too many requests from this address are being read at the moment. Try again in ${RETRY_SECONDS} seconds.`,
} as const;
const SLOW = {
  status: 408,
  code: 'request.slow',
  title: 'The request took too long',
  detail: `The body of the request did not arrive within ${BODY_MS / 1000} seconds. Send it again.`,
} as const;

function refuse(response: Response, { status, code, title, detail }: typeof TOO_MANY | typeof SLOW): void {
  const type = `https://throughline.example/problems/${code}`;
  response
    .status(status)
    .setHeader('Retry-After', RETRY_SECONDS)
    // The rest of the body is not read.
    .setHeader('Connection', 'close')
    .type('application/problem+json')
    .send(JSON.stringify({ type, title, status, code, detail }));
}
