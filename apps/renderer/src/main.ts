import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { HealthService, PlatformModule, startProcess } from '#platform';
import { RendererModule } from './renderer.module.js';

@Module({})
class RendererProcess {}

await startProcess('renderer', async (config, logger) => {
  const consume = { rendering: config.RENDER_CONCURRENCY, imports: 1 };
  const app = await NestFactory.createApplicationContext(
    {
      module: RendererProcess,
      imports: [PlatformModule.forRoot({ config, processName: 'renderer', queue: 'bull', consume }), RendererModule],
    },
    { logger, abortOnError: false },
  );
  await app.get(HealthService).listen(config.HEALTH_PORT, config.BIND_ADDRESS);
  return app;
});
