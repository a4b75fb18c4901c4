import { isIP } from 'node:net';
import type { NextFunction, Request, Response } from 'express';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Refuses requests under the name of another machine, with 421 (RFC 9110,
 * 15.5.20). A page of another site can let its own name lead to this machine
 * (DNS rebinding); the browser then takes our responses for its own.
 * @param host where the product listens. On other addresses than loopback any
 *   name can be right, and nothing is refused.
 */
export function refuseForeignHosts(host: string) {
  const isOpen = !LOOPBACK.has(isIP(host) === 6 ? `[${host}]` : host);
  return (request: Request, response: Response, next: NextFunction): void => {
    const name = (request.headers.host ?? '').replace(/:\d{1,5}$/, '').toLowerCase();
    if (isOpen || LOOPBACK.has(name) || name.endsWith('.localhost')) next();
    else
      response.status(421).type('text/plain').send('This server answers to the names localhost and 127.0.0.1 only.\n');
  };
}
