import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { Database, DatabaseModule } from '#database';
import { systemActor } from '#kernel';
import { DueQueue } from '#sequences';
import type { TestDatabase } from '../support/database.js';

@Module({})
class QueueProcess {}

/**
 * The product's queue of due steps, alone on a database, with the application
 * role. `owner` fills it past the policies.
 */
export async function openQueue({ url, ownerUrl }: TestDatabase): Promise<{
  readonly queue: DueQueue;
  readonly owner: pg.Client;
  readonly inTransaction: <T>(work: () => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}> {
  const app = await NestFactory.createApplicationContext(
    { module: QueueProcess, imports: [DatabaseModule.forRoot({ url, poolSize: 2, processName: 'bench' })] },
    { logger: false, abortOnError: false },
  );
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const database = app.get(Database);
  const close = async (): Promise<void> => {
    await owner.end();
    await app.close();
  };
  const inTransaction = <T>(work: () => Promise<T>): Promise<T> => database.inTransaction(systemActor('bench'), work);
  return { queue: new DueQueue(database), owner, inTransaction, close };
}
