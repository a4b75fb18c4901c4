import { BullModule, getQueueToken } from '@nestjs/bull';
import { type DynamicModule, Global, Module, type Provider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { Queue } from 'bull';
import { BullQueue } from './bull-queue.adapter.js';
import { InProcessQueue } from './in-process-queue.adapter.js';
import { JobQueue, type QueueEntry } from './job-queue.adapter.js';
import { CONSUMPTION, type Consumption, JobRunner } from './job-runner.service.js';
import { QUEUES } from './job.js';
import { Jobs } from './jobs.service.js';
import { DeadLetters } from './dead-letters.service.js';
import { BackgroundWork } from './background-work.service.js';

export interface JobsOptions {
  readonly driver: { readonly kind: 'in-process' } | { readonly kind: 'bull'; readonly redisUrl: string };
  readonly consume: Consumption;
}

/**
 * How many processes may die while running an entry before Bull drops it.
 * Bull's default is one restart; a durable job would then wait for the end of
 * its lease, up to half an hour.
 */
const MOST_DEATHS = 10;

@Global()
@Module({})
export class JobsModule {
  static forRoot({ driver, consume }: JobsOptions): DynamicModule {
    const providers: Provider[] = [
      Jobs,
      JobRunner,
      DeadLetters,
      BackgroundWork,
      { provide: CONSUMPTION, useValue: consume },
    ];
    if (driver.kind === 'in-process') {
      return {
        module: JobsModule,
        imports: [DiscoveryModule],
        providers: [...providers, { provide: JobQueue, useClass: InProcessQueue }],
        exports: [Jobs, DeadLetters, BackgroundWork],
      };
    }
    return {
      module: JobsModule,
      imports: [
        DiscoveryModule,
        BullModule.forRoot({ url: driver.redisUrl, prefix: 'throughline' }),
        BullModule.registerQueue(...QUEUES.map((name) => ({ name, settings: { maxStalledCount: MOST_DEATHS } }))),
      ],
      providers: [
        ...providers,
        {
          provide: JobQueue,
          inject: QUEUES.map((name) => getQueueToken(name)),
          useFactory: (...queues: Queue<QueueEntry>[]) =>
            new BullQueue(
              new Map(QUEUES.flatMap((name, at) => (queues[at] === undefined ? [] : [[name, queues[at]]]))),
            ),
        },
      ],
      exports: [Jobs, DeadLetters, BackgroundWork],
    };
  }
}
