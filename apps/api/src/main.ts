import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { PlatformModule, startProcess } from '#platform';
import { ApiModule } from './api.module.js';
import { configureApi, createHttpAdapter } from './configure-api.js';
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
  const limiters = app.get(RedisRateLimiters);
  configureApi(app, config, (name, perMinute) => limiters.create(name, perMinute));
  await app.listen(config.PORT, config.BIND_ADDRESS);
  return app;
});
