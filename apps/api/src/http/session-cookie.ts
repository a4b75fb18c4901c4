import type { CookieOptions, Request, Response } from 'express';
import type { Config } from '#config';

/**
 * `__Host-` restricts the cookie to this host and to https. A local machine
 * without TLS uses the name without the prefix.
 */
const cookieName = (config: Config): string => (config.SECURE_COOKIES ? '__Host-throughline' : 'throughline');

const options = (config: Config): CookieOptions => ({
  httpOnly: true,
  secure: config.SECURE_COOKIES,
  sameSite: 'lax',
  path: '/',
});

export function readSessionCookie(request: Request, config: Config): string | null {
  const cookies = request.cookies as Readonly<Record<string, unknown>> | undefined;
  const value = cookies?.[cookieName(config)];
  return typeof value === 'string' ? value : null;
}

export function setSessionCookie(response: Response, config: Config, token: string): void {
  response.cookie(cookieName(config), token, { ...options(config), maxAge: 30 * 86_400_000 });
}

export function clearSessionCookie(response: Response, config: Config): void {
  response.clearCookie(cookieName(config), options(config));
}
