import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import express, { type NextFunction, raw, type Request, type Response, urlencoded } from 'express';
import helmet from 'helmet';
import type { Config } from '#config';
import { HealthService } from '#platform';
import { CACHED_SHORTLY } from './embeds/embed-site.js';
import { checkApiRequest } from './http/api-requests.js';
import { KnownParameters } from './http/known-parameters.js';
import { refuseUnguardedEndpoints } from './http/endpoints.js';
import { documentApi } from './http/documentation.js';
import { ProblemFilter } from './http/problem.filter.js';
import { limitConnections, limitOpenBodies } from './http/open-bodies.js';
import { type CreateLimiter, limitRates } from './http/rate-limits.js';
import { logRequests } from './http/request-log.js';
import { servePortal } from './http/portal-files.js';
import { validationPipe } from './http/validation.js';

/**
 * Public pages with forms. The API reads JSON instead. Express skips a
 * middleware if no slash follows the match, so the slash is not part of it.
 */
const FORM_PAGES = /^\/(?:u|n|p|preferences|time|visits)(?=\/|$)/;
const EMBEDS = /^\/(?:oembed|embed|feeds)(?:\/|$)/;
const PERSONAL = /^\/(?:api\/v1|l|u|n(?!\/pictures)|v|preferences|visits)\//;
/** Path of a public page to which a person or a program added a slash. */
const ADDED_SLASH = /^(\/(?:l|u|n|v|p)(?:\/[\w-]+)+)\/$/;

/**
 * The HTTP server of the API, for `NestFactory.create`. Paths are
 * case-sensitive and strict about slashes, so that rate limits and checks match
 * the same paths as the router. This must be set before Nest uses the router.
 */
export function createHttpAdapter(): ExpressAdapter {
  const server = express();
  server.set('case sensitive routing', true);
  server.set('strict routing', true);
  return new ExpressAdapter(server);
}

/**
 * Sets up everything except the controllers: headers, limits, checks, problem
 * documents, documentation, the portal's files.
 * @param sharedLimiter creates the counters that all processes share. Not
 *   needed for a single process.
 * @param portalBuilt settles when the portal's files are complete; until then its
 *   screens wait. Default: they are.
 */
export function configureApi(
  app: NestExpressApplication,
  config: Config,
  sharedLimiter?: CreateLimiter,
  portalBuilt: Promise<unknown> = Promise.resolve(),
): void {
  app.set('trust proxy', config.TRUST_PROXY_HOPS);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.use(securityHeaders(config));
  const health = app.get(HealthService);
  app.use((request: Request, response: Response, next: NextFunction) => void health.serve(request, response, next));
  app.use(logRequests(config.SECRET_KEY));
  app.use(setCacheControl);
  limitRates(app, config.RATE_LIMIT_SCALE, sharedLimiter);
  app.use(withoutAddedSlash);
  app.use(limitOpenBodies());
  limitConnections(app.getHttpServer(), config.TRUST_PROXY_HOPS);
  app.use('/api/v1', checkApiRequest(config.CORS_ORIGINS));
  app.use(cookieParser());
  // Signatures are computed from the bytes, and SNS sends JSON as text/plain.
  app.use('/api/v1/provider-events', raw({ type: () => true, limit: '1mb' }));
  app.useBodyParser('json', { limit: '1mb' });
  app.use(FORM_PAGES, urlencoded({ limit: '100kb', extended: false }));
  app.enableCors({ origin: config.CORS_ORIGINS.length === 0 ? false : config.CORS_ORIGINS, credentials: true });
  app.useGlobalPipes(validationPipe());
  app.useGlobalInterceptors(new KnownParameters());
  app.useGlobalFilters(new ProblemFilter());
  documentApi(app);
  servePortal(app, portalBuilt);
  refuseUnguardedEndpoints(app);
}

function securityHeaders(config: Config): (request: Request, response: Response, next: NextFunction) => void {
  const https = config.PUBLIC_URL.startsWith('https:');
  const directives = {
    defaultSrc: ["'self'"],
    // Mantine adds style elements. There are no inline scripts.
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    frameSrc: ["'self'", 'blob:'],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    frameAncestors: ["'self'"],
    upgradeInsecureRequests: https ? [] : null,
  };
  const portal = helmet({
    contentSecurityPolicy: { directives },
    hsts: https,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    // Sandboxed previews have other origins in the same process. The browser
    // would log a warning for each.
    originAgentCluster: false,
  });
  // The page of the API documentation starts with an inline script.
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
 * landing page is asked for again each time, because its partner can end it, and
 * so is a picture that does not exist. An
 * endpoint with other content sets its own header.
 */
function setCacheControl(request: Request, response: Response, next: NextFunction): void {
  if (PERSONAL.test(request.path)) response.setHeader('Cache-Control', 'no-store');
  else if (/^\/[pb]\//.test(request.path)) response.setHeader('Cache-Control', 'no-cache');
  else if (EMBEDS.test(request.path)) response.setHeader('Cache-Control', CACHED_SHORTLY);
  next();
}

/** Redirects a path with an added slash to the path of the page. */
function withoutAddedSlash(request: Request, response: Response, next: NextFunction): void {
  const page = request.method === 'GET' ? ADDED_SLASH.exec(request.path)?.[1] : undefined;
  if (page === undefined) next();
  else response.redirect(301, page + request.url.slice(request.path.length));
}
