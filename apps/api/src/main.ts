import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { HealthService, PlatformModule, startProcess } from '#platform';
import { refuseDemoAccounts } from '#starter';
import { ApiModule } from './api.module.js';
import { configureApi, createHttpAdapter } from './configure-api.js';
import { firstRunLink } from './founding/first-run-link.js';
import { isOwnHost, refuseForeignHosts } from './http/foreign-hosts.js';
import { RedisRateLimiters } from './http/redis-rate-limiters.service.js';

@Module({ providers: [RedisRateLimiters] })
class ApiProcess {}

await startProcess('api', async (config, logger) => {
  const app = await NestFactory.create<NestExpressApplication>(
    {
      module: ApiProcess,
      imports: [PlatformModule.forRoot({ config, processName: 'api', queue: 'bull', consume: {} }), ApiModule],
    },
    createHttpAdapter(),
    { logger, bodyParser: false, abortOnError: false },
  );
  if (config.NODE_ENV === 'production') {
    await refuseDemoAccounts(app);
    app.use(refuseForeignHosts(isOwnHost(config)));
  }
  // First, so that the public port never answers with metrics.
  await app.get(HealthService).listen(config.HEALTH_PORT, config.BIND_ADDRESS);
  const limiters = app.get(RedisRateLimiters);
  configureApi(app, config, (name, perMinute) => limiters.create(name, perMinute));
  await app.listen(config.PORT, config.BIND_ADDRESS);
  const link = await firstRunLink(app);
  if (link !== null) logger.warn(`This installation has no vendor yet. Found it within 24 hours at ${link}`);
  return app;
});
