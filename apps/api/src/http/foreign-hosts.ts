import { isIP } from 'node:net';
import type { NextFunction, Request, Response } from 'express';
import type { Config } from '#config';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether an address or a name is this machine's own, which no other machine
 * reaches.
 */
export function isLoopback(host: string): boolean {
  const name = (isIP(host) === 6 ? `[${host}]` : host).toLowerCase();
  return LOOPBACK.has(name) || name.endsWith('.localhost');
}

/**
 * Whether a host name is one of this installation: that of PUBLIC_URL, one of
 * ALLOWED_HOSTS, and with PUBLIC_URL on loopback every name of loopback.
 */
export function isOwnHost(config: Pick<Config, 'PUBLIC_URL' | 'ALLOWED_HOSTS'>): (name: string) => boolean {
  const own = new URL(config.PUBLIC_URL).hostname.toLowerCase();
  const names = new Set([own, ...config.ALLOWED_HOSTS.map((name) => name.toLowerCase())]);
  return (name) => names.has(name) || (isLoopback(own) && isLoopback(name));
}

/**
 * Refuses requests under the name of another site, with 421 (RFC 9110,
 * 15.5.20). A page of another site can let its own name lead to this machine
 * (DNS rebinding); the browser then takes our responses for its own.
 * Orchestrators ask `/health/` by address.
 * @param isOwn whether a name, in lower case and without port, is ours.
 */
export function refuseForeignHosts(isOwn: (name: string) => boolean) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const name = (request.headers.host ?? '').replace(/:\d{1,5}$/, '').toLowerCase();
    if (isOwn(name) || request.path.startsWith('/health/')) next();
    else
      response
        .status(421)
        .type('text/plain')
        .send('This server does not answer to that host name. Its operator can add it to ALLOWED_HOSTS.\n');
  };
}
