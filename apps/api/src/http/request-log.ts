import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { NextFunction, Response } from 'express';
import { Histogram } from 'prom-client';
import { withLogContext } from '#kernel';
import { type AnsweredRequest, SecurityLog } from './security-log.js';

const logger = new Logger('Request');
const seconds = new Histogram({
  name: 'throughline_http_seconds',
  help: 'Time that an answer took, by method, route and status.',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.02, 0.05, 0.15, 0.5, 2, 10],
});

/**
 * Gives each request an id and its client's hash, which its log lines contain.
 * Problem documents have the id. Paths of secret links are not logged.
 * @param secret of the installation.
 */
export function logRequests(secret: string) {
  const security = new SecurityLog(secret);
  return (request: AnsweredRequest, response: Response, next: NextFunction): void => {
    const given = request.headers['x-request-id'];
    const requestId = typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    response.setHeader('X-Request-Id', requestId);
    const stop = seconds.startTimer();
    withLogContext({ requestId }, () => {
      response.on('finish', () => {
        const route = (request.route as { path?: string } | undefined)?.path ?? 'none';
        const took = stop({ method: request.method, route, status: String(response.statusCode) });
        withLogContext({ requestId }, () => {
          logger.debug(`${request.method} ${route} ${response.statusCode} ${Math.round(took * 1000)} ms`);
          security.recordAnswer(request, response, route);
        });
      });
      next();
    });
  };
}
