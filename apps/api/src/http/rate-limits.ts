import { createHash } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from '#kernel';
import { sendErrorPage } from './error-page.js';

const TOO_MANY = 'isTooMany';

/** Paths where a password, a token or an address could be guessed. */
const SIGN_IN_PATHS =
  /^\/api\/v1\/(?:session$|session\/passkey|session\/confirmation$|invitations\/|password-resets|email-changes\/|first-run$|applications\/(?:forms|confirmations)\/)/;
/**
 * Forms of landing pages: each one creates a lead, and an e-mail with double
 * opt-in.
 */
const FORMS = /^\/p\/[^/]+\/(?:embed\/)?form$/;
/** Pages that prospects and their mail programs request. */
const PUBLIC_PAGES = /^\/(?:v|p|embed|oembed|feeds|visits)(?:\/|$)/;
/**
 * Links with unguessable tokens. A mail provider sends all its users' clicks
 * from a few addresses, so only failures count.
 */
const SEALED_LINKS = /^\/(?:l|u|n)\//;
/** E-mail providers send many events from a few addresses, too. */
const PROVIDERS = /^\/api\/v1\/provider-events\//;

/**
 * Creates the counter of a limit: `name` is unique, `perMinute` is per address.
 */
export type CreateLimiter = (name: string, perMinute: number) => RateLimiterAbstract;

const inThisProcess: CreateLimiter = (_, perMinute) => new RateLimiterMemory({ points: perMinute, duration: 60 });

/**
 * Limits requests per address and minute, before anything else handles them.
 * Refuses with 429, `Retry-After` and a problem document, or with a page for
 * prospects.
 * @param scale multiplies all limits.
 * @param shared counts sign-in attempts and forms of all processes together.
 *   Without it, this process counts alone.
 */
export function limitRates(app: NestExpressApplication, scale: number, shared: CreateLimiter = inThisProcess): void {
  const limit = (name: string, perMinute: number, create = inThisProcess): Limit => {
    const scaled = Math.max(1, Math.round(perMinute * scale));
    return new Limit(name, scaled, create(name, scaled));
  };
  const signIn = limit('sign-in', 20, shared);
  const sealedLinks = limit('links', 600);
  const publicPages = limit('pages', 300);
  const everything = limit('requests', 900);
  // Above the first limit the form is shown again with its values. This costs
  // as much as saving it, so there is a second limit.
  const form = limit('form', 20, shared);
  const forms = limit('forms', 300, shared);

  const serve = async (request: Request, response: Response): Promise<boolean> => {
    if (SIGN_IN_PATHS.test(request.path) && !(request.method === 'GET' && request.path.endsWith('/session')))
      return signIn.enforce(request, response);
    if (SEALED_LINKS.test(request.path) || PROVIDERS.test(request.path))
      return sealedLinks.enforceOnFailures(request, response);
    if (request.method === 'POST' && FORMS.test(request.path)) {
      if (!(await forms.enforce(request, response))) return false;
      response.locals[TOO_MANY] = !(await form.count(request, response));
      return true;
    }
    return (PUBLIC_PAGES.test(request.path) ? publicPages : everything).enforce(request, response);
  };
  app.use((request: Request, response: Response, next: NextFunction) => {
    serve(request, response).then((isServed) => {
      if (isServed) next();
    }, next);
  });
}

/**
 * Whether a form came from an address that has sent too many. Such a form is
 * returned and not saved.
 */
export const isTooMany = (response: Response): boolean => response.locals[TOO_MANY] === true;

/** One limit per address and minute. */
class Limit {
  constructor(
    private readonly name: string,
    private readonly perMinute: number,
    private readonly limiter: RateLimiterAbstract,
  ) {}

  /**
   * Counts a request and refuses it above the limit.
   * @returns whether it is served.
   */
  async enforce(request: Request, response: Response): Promise<boolean> {
    const isWithin = await this.count(request, response);
    if (!isWithin) refuse(request, response);
    return isWithin;
  }

  /** Like `enforce`, but requests that succeed are not counted. */
  async enforceOnFailures(request: Request, response: Response): Promise<boolean> {
    const isWithin = await this.enforce(request, response);
    if (isWithin)
      response.on('finish', () => {
        if (response.statusCode < 400) void this.limiter.reward(networkOf(request.ip ?? ''));
      });
    return isWithin;
  }

  /**
   * Counts a request and sets the headers.
   * @returns whether the address is within the limit.
   */
  async count(request: Request, response: Response): Promise<boolean> {
    const key = networkOf(request.ip ?? '');
    try {
      this.setHeaders(response, key, await this.limiter.consume(key));
      return true;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      this.setHeaders(response, key, refusal);
      response.setHeader('Retry-After', String(secondsUntilReset(refusal)));
      return false;
    }
  }

  /**
   * Sets `RateLimit` and `RateLimit-Policy` (IETF
   * draft-ietf-httpapi-ratelimit-headers-08).
   */
  private setHeaders(response: Response, key: string, state: RateLimiterRes): void {
    const partition = createHash('sha256').update(key).digest('hex').slice(0, 12);
    const partitionKey = Buffer.from(partition).toString('base64');
    response.append('RateLimit', `"${this.name}"; r=${state.remainingPoints}; t=${secondsUntilReset(state)}`);
    response.append('RateLimit-Policy', `"${this.name}"; q=${this.perMinute}; w=60; pk=:${partitionKey}:`);
  }
}

const secondsUntilReset = ({ msBeforeNext }: RateLimiterRes): number => Math.max(1, Math.ceil(msBeforeNext / 1000));

function refuse(request: Request, response: Response): void {
  if (sendErrorPage(request, response, { status: 429, code: 'request.too-many' })) return;
  const seconds = String(response.getHeader('Retry-After'));
  response
    .status(429)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: 'https://throughline.example/problems/request.too-many',
        title: 'Too many requests',
        status: 429,
        code: 'request.too-many',
        detail: `Too many requests from this address. Try again in ${seconds} seconds.`,
      }),
    );
}
