import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { type Options, rateLimit, type RateLimitRequestHandler, type Store } from 'express-rate-limit';
import { sendErrorPage } from './error-page.js';

const MINUTE_MS = 60_000;
const TOO_MANY = 'isTooMany';

/** Paths where a password, a token or an address could be guessed. */
const SIGN_IN_PATHS = /^\/api\/v1\/(?:session$|invitations\/|password-resets)/;
/** Forms of landing pages: each one creates a lead, and an e-mail with double opt-in. */
const FORMS = /^\/p\/[^/]+\/form\/?$/;
/** Pages that prospects and their mail programs request. */
const PUBLIC_PAGES = /^\/(?:v|p)\//;
/** Links with unguessable tokens. A mail provider sends all its users' clicks from a few addresses, so only failures count. */
const SEALED_LINKS = /^\/(?:l|u)\//;
/** E-mail providers send many events from a few addresses, too. */
const PROVIDERS = /^\/api\/v1\/provider-events\//;

/** Where a limit is counted, by its name: each limit has a store of its own. */
export type CountIn = (limit: string) => Store;

/**
 * Limits requests per address and minute, before anything else looks at them; `scale` multiplies all of them.
 * @param countIn where several processes count together what may not be had once more from each: guesses at doors, and forms.
 */
export function limitRates(app: NestExpressApplication, scale: number, countIn?: CountIn): void {
  const shared = (name: string): Partial<Options> => (countIn === undefined ? {} : { store: countIn(name) });
  const door = limiter(20 * scale, shared('door'));
  const [publicPage, everything] = [limiter(300 * scale), limiter(900 * scale)];
  const guess = limiter(600 * scale, { skipSuccessfulRequests: true });
  // Above the first limit the form is returned filled in. That costs as much as saving it, so there is a second limit.
  const form = limiter(20 * scale, { handler: markAsTooMany, ...shared('form') });
  const forms = limiter(300 * scale, shared('forms'));
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (SIGN_IN_PATHS.test(request.path) && !(request.method === 'GET' && request.path.endsWith('/session')))
      void door(request, response, next);
    else if (SEALED_LINKS.test(request.path) || PROVIDERS.test(request.path)) void guess(request, response, next);
    else if (request.method === 'POST' && FORMS.test(request.path))
      void forms(request, response, () => void form(request, response, next));
    else if (PUBLIC_PAGES.test(request.path)) void publicPage(request, response, next);
    else void everything(request, response, next);
  });
}

const markAsTooMany: Options['handler'] = (_, response, next) => {
  response.setHeader('Retry-After', '60');
  response.locals[TOO_MANY] = true;
  next();
};

/** Whether a form came from an address that has sent too many: it is to be given back, not kept. */
export const isTooMany = (response: Response): boolean => response.locals[TOO_MANY] === true;

function limiter(limit: number, changes: Partial<Options> = {}): RateLimitRequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (request, response) => {
      response.setHeader('Retry-After', '60');
      if (sendErrorPage(request, response, 429)) return;
      response
        .status(429)
        .type('application/problem+json')
        .send(
          JSON.stringify({
            type: 'https://throughline.example/problems/request.too-many',
            title: 'Too many requests',
            status: 429,
            code: 'request.too-many',
            detail: 'Too many requests from this address. Try again in a minute.',
          }),
        );
    },
    ...changes,
  });
}
