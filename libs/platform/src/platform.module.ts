import { join } from 'node:path';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { type Config, ConfigModule } from '#config';
import { DatabaseClock, DatabaseModule } from '#database';
import { type Consumption, JobsModule } from '#jobs';
import { Clock, SystemClock } from '#kernel';
import { StorageModule } from '#storage';
import { keepTaskResults } from '#subprocess';
import { WebhooksModule } from '#webhooks';
import { KeyCheck } from './key-check.service.js';
import { HealthService } from './health.service.js';

export interface PlatformOptions {
  readonly config: Config;
  readonly processName: string;
  readonly queue: 'bull' | 'in-process';
  /** The queues that this process works on. */
  readonly consume: Consumption;
  /**
   * Default: PostgreSQL's time. A demonstration passes a clock that can be
   * moved.
   */
  readonly clock?: Clock;
}

@Global()
@Module({})
class ClockModule {
  static with(clock: Clock | undefined): DynamicModule {
    return {
      module: ClockModule,
      providers: [
        clock === undefined ? { provide: Clock, useClass: DatabaseClock } : { provide: Clock, useValue: clock },
        { provide: SystemClock, useValue: new SystemClock() },
      ],
      exports: [Clock, SystemClock],
    };
  }
}

/**
 * Common modules of every process: configuration, clock, database, blobs, jobs,
 * audit log, health.
 */
@Global()
@Module({})
export class PlatformModule {
  static forRoot({ config, processName, queue, consume, clock }: PlatformOptions): DynamicModule {
    keepTaskResults(join(config.STORAGE_FOLDER, 'task-results'));
    return {
      module: PlatformModule,
      imports: [
        ConfigModule.forRoot(config),
        ClockModule.with(clock),
        DatabaseModule.forRoot({ url: config.DATABASE_URL, poolSize: config.DATABASE_POOL, processName }),
        StorageModule.forRoot({ folder: config.STORAGE_FOLDER }),
        JobsModule.forRoot({
          driver: queue === 'bull' ? { kind: 'bull', redisUrl: config.REDIS_URL } : { kind: 'in-process' },
          consume,
        }),
        AuditModule,
        WebhooksModule,
      ],
      providers: [HealthService, KeyCheck],
      exports: [HealthService],
    };
  }
}
