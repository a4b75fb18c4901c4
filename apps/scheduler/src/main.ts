import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { HealthService, PlatformModule, startProcess } from '#platform';
import { SchedulerModule } from './scheduler.module.js';

@Module({})
class SchedulerProcess {}

await startProcess('scheduler', async (config, logger) => {
  // So many chunks keep the connections busy; more would only stand in front of them, and a small partner behind.
  const chunks = Math.max(2, Math.ceil(config.SEND_CONCURRENCY / 8));
  const consume = { scheduling: 4, delivery: chunks, notifications: 2, webhooks: 8 };
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
