import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Config } from '#config';
import { HealthService, PersistentClock, StructuredLogger } from '#platform';
import { configureApi, createHttpAdapter } from '../../api/src/configure-api.js';
import { isLoopback, refuseForeignHosts } from '../../api/src/http/foreign-hosts.js';
import { History } from '#starter';
import { calendarOf, type StandaloneOptions } from './options.js';
import { StandaloneModule } from './standalone.module.js';

export { firstRunLink } from '../../api/src/founding/first-run-link.js';
export { migrate } from '#database';
export { Starter } from '#starter';
export { startMailbox } from './mailbox.js';

/**
 * Starts api, renderer and scheduler in this process.
 * @param portal settles when the portal is built.
 * @param hasPast whether the clock begins in the past, for sample data with a history.
 */
export async function startApp(
  config: Config,
  options: StandaloneOptions,
  portal: Promise<unknown>,
  hasPast: boolean,
): Promise<INestApplication> {
  const clock = new PersistentClock(calendarOf(options), hasPast ? History.BEHIND_MS : 0);
  const app = await NestFactory.create<NestExpressApplication>(
    StandaloneModule.with(config, clock, isLoopback(options.host)),
    createHttpAdapter(),
    {
      logger: new StructuredLogger(config.LOG_LEVEL, 'standalone'),
      bodyParser: false,
      abortOnError: false,
    },
  );
  // On other addresses than loopback any name can be right.
  if (isLoopback(options.host)) app.use(refuseForeignHosts(isLoopback));
  else app.get(HealthService).hideMetrics();
  configureApi(app, config, undefined, portal);
  await app.listen(options.port, options.host);
  return app;
}
