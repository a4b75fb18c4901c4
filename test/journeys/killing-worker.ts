import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseModule } from '#database';
import { Handles, JobsModule } from '#jobs';
import { KILL_WORKER } from './killing-job.js';

@Injectable()
class Handlers {
  /** Dies in the middle, unless the job says otherwise. */
  @Handles(KILL_WORKER)
  async kill({ how }: { how: string }): Promise<void> {
    await new Promise<void>((resolve) => process.send?.('started', () => resolve()) ?? resolve());
    if (how !== 'survive') process.kill(process.pid, 'SIGKILL');
  }
}

/** A process that works on the queue of `KILL_WORKER`. */
export async function startKillingWorker(databaseUrl: string, redisUrl: string): Promise<void> {
  @Module({
    imports: [
      DatabaseModule.forRoot({ url: databaseUrl, poolSize: 2, processName: 'worker' }),
      JobsModule.forRoot({ driver: { kind: 'bull', redisUrl }, consume: { webhooks: 1 } }),
    ],
    providers: [Handlers],
  })
  class KillingWorker {}
  await NestFactory.createApplicationContext(KillingWorker, { logger: false });
  process.send?.('ready');
}
