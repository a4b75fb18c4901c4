import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { HealthService, PlatformModule, startProcess } from '#platform';
import { chunksAtOnce } from '#sequences';
import { SchedulerModule } from './scheduler.module.js';

@Module({})
class SchedulerProcess {}

await startProcess('scheduler', async (config, logger) => {
  const sending = { scheduling: 4, ...chunksAtOnce(config.SEND_CONCURRENCY) };
  const consume = { ...sending, forecasts: 1, notifications: 2, webhooks: 8 };
  const app = await NestFactory.createApplicationContext(
    {
      module: SchedulerProcess,
      imports: [PlatformModule.forRoot({ config, processName: 'scheduler', queue: 'bull', consume }), SchedulerModule],
    },
    { logger, abortOnError: false },
  );
  await app.get(HealthService).listen(config.HEALTH_PORT, config.BIND_ADDRESS);
  return app;
});
