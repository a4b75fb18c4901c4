import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Bell, BELL_OPTIONS } from './bell.service.js';
import { Database } from './database.service.js';

export interface DatabaseOptions {
  /** As the application role. */
  readonly url: string;
  readonly poolSize: number;
  /** Shown in pg_stat_activity. */
  readonly processName: string;
}

/**
 * How long a connection rests before it is closed. Work comes in bursts, and a new backend of PostgreSQL learns the tables anew: after the ten
 * seconds of the driver each burst paid for all of them.
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
          // Ids are made by the product; nothing may need an extension that a managed server lacks.
          installExtensions: false,
          retryAttempts: 5,
          retryDelay: 1000,
          extra: {
            idle_in_transaction_session_timeout: 60_000,
            statement_timeout: 60_000,
            idleTimeoutMillis: IDLE_CONNECTION_MS,
            // Workers of its own for one question take the cores of all others that are asked meanwhile, and on two cores it waits for them longer
            // than it gains.
            options: '-c max_parallel_workers_per_gather=0',
            // Firewalls forget connections that say nothing for minutes; the system would ask for the first time after two hours.
            keepAlive: true,
            keepAliveInitialDelayMillis: 60_000,
          },
        }),
      ],
      providers: [Database, Bell, { provide: BELL_OPTIONS, useValue: options }],
      exports: [Database, Bell, TypeOrmModule],
    };
  }
}
