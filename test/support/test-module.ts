import { Global, Module, type DynamicModule, type INestApplicationContext, type ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AuditModule } from '#audit';
import { DatabaseModule } from '#database';
import { JobsModule } from '#jobs';
import { AdjustableClock, Clock, SystemClock } from '#kernel';
import { WebhooksModule } from '#webhooks';
import { createTestDatabase, type TestDatabase } from './database.js';

@Global()
@Module({})
class ClockModule {
  static with(clock: Clock): DynamicModule {
    return {
      module: ClockModule,
      providers: [{ provide: Clock, useValue: clock }, SystemClock],
      exports: [Clock, SystemClock],
    };
  }
}

export interface TestModule {
  readonly app: INestApplicationContext;
  readonly database: TestDatabase;
  readonly clock: AdjustableClock;
  readonly close: () => Promise<void>;
}

/**
 * A Nest context on a database of its own, with the real lower floors and the
 * modules under test.
 */
export async function createTestModule(
  imports: NonNullable<ModuleMetadata['imports']>,
  providers: NonNullable<ModuleMetadata['providers']> = [],
  poolSize = 5,
): Promise<TestModule> {
  const database = await createTestDatabase();
  const clock = new AdjustableClock();
  const module = await Test.createTestingModule({
    imports: [
      DatabaseModule.forRoot({ url: database.url, poolSize, processName: 'test' }),
      ClockModule.with(clock),
      AuditModule,
      WebhooksModule,
      JobsModule.forRoot({ driver: { kind: 'in-process' }, consume: {} }),
      ...imports,
    ],
    providers,
  }).compile();
  await module.init();
  const close = async (): Promise<void> => {
    await module.close();
    await database.drop();
  };
  return { app: module, database, clock, close };
}
