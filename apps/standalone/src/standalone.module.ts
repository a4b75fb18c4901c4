import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from '#config';
import { PlatformModule } from '#platform';
import { chunksAtOnce, StepRecordsModule } from '#sequences';
import { StarterModule } from '#starter';
import { ApiModule } from '../../api/src/api.module.js';
import { RendererModule } from '../../renderer/src/renderer.module.js';
import { SchedulerModule } from '../../scheduler/src/scheduler.module.js';
import type { PersistentClock } from '#platform';
import { TimeController } from './time.controller.js';

/**
 * The three server apps in one process, with the in-process queue and an
 * adjustable clock.
 */
@Module({})
export class StandaloneModule {
  /** @param movesClock whether there is a page, without sign-in, that moves it. */
  static with(config: Config, clock: PersistentClock, movesClock: boolean): DynamicModule {
    return {
      module: StandaloneModule,
      imports: [
        PlatformModule.forRoot({
          config,
          processName: 'standalone',
          queue: 'in-process',
          consume: {
            rendering: config.RENDER_CONCURRENCY,
            imports: 1,
            scheduling: 4,
            ...chunksAtOnce(config.SEND_CONCURRENCY),
            forecasts: 1,
            notifications: 2,
            webhooks: 4,
          },
          clock,
        }),
        ApiModule,
        RendererModule,
        SchedulerModule,
        StarterModule,
        StepRecordsModule,
      ],
      controllers: movesClock ? [TimeController] : [],
    };
  }
}
