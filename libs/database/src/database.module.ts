import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PostgresNotifications, POSTGRES_NOTIFICATIONS_OPTIONS } from './postgres-notifications.service.js';
import { Database } from './database.service.js';

export interface DatabaseOptions {
  /** As the application role. */
  readonly url: string;
  readonly poolSize: number;
  /** Shown in pg_stat_activity. */
  readonly processName: string;
}

/**
 * How long an idle connection stays open. Work comes in bursts, and a new
 * PostgreSQL backend loads its catalogue caches again: with the driver's ten
 * seconds, each burst paid for that.
 */
const IDLE_CONNECTION_MS = 10 * 60_000;

@Global()
@Module({})
export class DatabaseModule {
  static forRoot(options: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: options.url,
          poolSize: options.poolSize,
          applicationName: `throughline ${options.processName}`,
          autoLoadEntities: true,
          synchronize: false,
          migrationsRun: false,
          // Ids are made by the product, so no extension is needed that a
          // managed server may lack.
          installExtensions: false,
          retryAttempts: 5,
          retryDelay: 1000,
          extra: {
            idle_in_transaction_session_timeout: 60_000,
            statement_timeout: 60_000,
            idleTimeoutMillis: IDLE_CONNECTION_MS,
            // A transaction's start and first statement do not wait for each other: `ScopedQueryRunner`.
            pipeline: true,
            // Parallel workers take the cores from other queries. On two cores
            // a query waits longer for them than they save.
            // Outside a transaction of `ScopedQueryRunner`, nothing is written: if its start fails, the
            // statement behind it is on its own.
            options: '-c max_parallel_workers_per_gather=0 -c default_transaction_read_only=on',
            // Firewalls drop connections that are silent for minutes. The
            // operating system's default sends the first keep-alive after two
            // hours.
            keepAlive: true,
            keepAliveInitialDelayMillis: 60_000,
          },
        }),
      ],
      providers: [Database, PostgresNotifications, { provide: POSTGRES_NOTIFICATIONS_OPTIONS, useValue: options }],
      exports: [Database, PostgresNotifications, TypeOrmModule],
    };
  }
}
