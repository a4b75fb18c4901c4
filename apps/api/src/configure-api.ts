import { existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import express, { type NextFunction, raw, type Request, type RequestHandler, type Response, urlencoded } from 'express';
import expressStaticGzip from 'express-static-gzip';
import helmet from 'helmet';
import type { Config } from '#config';
import { packageRoot } from '#kernel';
import { HealthService } from '#platform';
import { checkApiRequest } from './http/api-requests.js';
import { refuseUnguardedEndpoints } from './http/endpoints.js';
import { documentApi } from './http/documentation.js';
import { ProblemFilter } from './http/problem.filter.js';
import { type CreateLimiter, limitRates } from './http/rate-limits.js';
import { logRequests } from './http/request-log.js';
import { validationPipe } from './http/validation.js';

const PORTAL = join(packageRoot(), 'dist/apps/portal');
/**
 * Paths that are the server's own: everything else is a screen of the portal.
 */
const SERVER_PATHS = /^\/(?:api|health|metrics|l|u|v|p|b|time|preferences)(?:\/|$)/;

/**
 * Public pages with forms; the API reads JSON. Express skips a middleware whose
 * match is not followed by a slash, so the slash is not part of it.
 */
const FORM_PAGES = /^\/(?:u|p|preferences|time)(?=\/|$)/;
const PERSONAL = /^\/(?:api\/v1|l|u|v|preferences)\//;
/** A public page with a slash that a person or a program has added. */
const ADDED_SLASH = /^(\/(?:l|u|v|p)(?:\/[\w-]+)+)\/$/;

/**
 * The HTTP server of the API, for `NestFactory.create`. Each address has one
 * spelling: rate limits and checks compare paths as the router does. Nest uses
 * the router before anything else can configure it.
 */
export function createHttpAdapter(): ExpressAdapter {
  const server = express();
  server.set('case sensitive routing', true);
  server.set('strict routing', true);
  return new ExpressAdapter(server);
}

/**
 * Everything around the controllers: headers, limits, checks, problem
 * documents, documentation, the portal's files.
 * @param sharedLimiter creates the counters that all processes share. Left out:
 *   there is one process.
 */
export function configureApi(app: NestExpressApplication, config: Config, sharedLimiter?: CreateLimiter): void {
  app.set('trust proxy', config.TRUST_PROXY_HOPS);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  const health = app.get(HealthService);
  app.use((request: Request, response: Response, next: NextFunction) => void health.serve(request, response, next));
  app.use(logRequests);
  app.use(securityHeaders(config));
  app.use(setCacheControl);
  limitRates(app, config.RATE_LIMIT_SCALE, sharedLimiter);
  app.use(withoutAddedSlash);
  app.use('/api/v1', checkApiRequest(config.CORS_ORIGINS));
  app.use(cookieParser());
  // Signatures are over bytes, and SNS calls its JSON plain text.
  app.use('/api/v1/provider-events', raw({ type: () => true, limit: '1mb' }));
  app.useBodyParser('json', { limit: '1mb' });
  app.use(FORM_PAGES, urlencoded({ limit: '100kb', extended: false }));
  app.enableCors({ origin: config.CORS_ORIGINS.length === 0 ? false : config.CORS_ORIGINS, credentials: true });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  documentApi(app);
  servePortal(app);
  refuseUnguardedEndpoints(app);
}

function securityHeaders(config: Config): (request: Request, response: Response, next: NextFunction) => void {
  const https = config.PUBLIC_URL.startsWith('https:');
  const directives = {
    defaultSrc: ["'self'"],
    // Mantine writes style elements; nothing else runs inline.
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    frameSrc: ["'self'", 'blob:'],
    objectSrc: ["'none'"],
    frameAncestors: ["'self'"],
    upgradeInsecureRequests: https ? [] : null,
  };
  const portal = helmet({
    contentSecurityPolicy: { directives },
    hsts: https,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    // Sandboxed previews are other origins of the same process; the browser
    // would warn at each of them.
    originAgentCluster: false,
  });
  // The documentation's own page starts itself by an inline script.
  const docs = helmet({
    contentSecurityPolicy: { directives: { ...directives, scriptSrc: ["'self'", "'unsafe-inline'"] } },
    hsts: https,
  });
  return (request, response, next) => {
    (request.path.startsWith('/api/docs') ? docs : portal)(request, response, next);
  };
}

/**
 * Responses of the API, and pages behind links in e-mails, are personal. A
 * landing page is asked for again each time, because its partner can end it. An
 * endpoint with other content sets its own header.
 */
function setCacheControl(request: Request, response: Response, next: NextFunction): void {
  if (PERSONAL.test(request.path)) response.setHeader('Cache-Control', 'no-store');
  else if (request.path.startsWith('/p/')) response.setHeader('Cache-Control', 'no-cache');
  next();
}

/** Leads to the address that has a page. */
function withoutAddedSlash(request: Request, response: Response, next: NextFunction): void {
  const page = request.method === 'GET' ? ADDED_SLASH.exec(request.path)?.[1] : undefined;
  if (page === undefined) next();
  else response.redirect(301, page + request.url.slice(request.path.length));
}

function servePortal(app: NestExpressApplication): void {
  if (!existsSync(join(PORTAL, 'index.html'))) return;
  // Compressed at build time. API responses are not compressed: with a secret
  // beside the caller's input, the length would reveal the secret (BREACH).
  const files = expressStaticGzip(PORTAL, {
    index: false,
    enableBrotli: true,
    orderPreference: ['br'],
    serveStatic: {
      // A folder is no screen, and what leads to one with a slash at its end
      // repeats what was asked for, `/\evil.example` too.
      redirect: false,
      setHeaders: (response: ServerResponse, path: string) => {
        response.setHeader(
          'Cache-Control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    },
  }) as RequestHandler;
  // What answers for files says "400" in plain text to an address that cannot
  // be decoded: the server's own paths have better words.
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (SERVER_PATHS.test(request.path)) next();
    else files(request, response, next);
  });
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (request.method !== 'GET' || SERVER_PATHS.test(request.path) || !request.accepts('html')) next();
    else response.setHeader('Cache-Control', 'no-cache').sendFile(join(PORTAL, 'index.html'));
  });
}
