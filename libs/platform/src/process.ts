import { setFlagsFromString } from 'node:v8';
import type { INestApplicationContext } from '@nestjs/common';
import { type Config, readConfig } from '#config';
import { migrate } from '#database';
import { StructuredLogger } from './logger.service.js';

/** How long the work in hand may take to finish after a signal, before the process ends anyway and others take over its leases. */
const DRAIN_MS = 25_000;

/**
 * Starts one process: reads the configuration, brings the database up to date (whoever comes first), builds the
 * application, and shuts it down in two phases when told to: claim nothing new, then finish what is in hand.
 * A failure to start is one readable line and exit code 1.
 */
export async function startProcess(
  name: string,
  build: (config: Config, logger: StructuredLogger) => Promise<INestApplicationContext>,
): Promise<void> {
  // V8 throws away the bytecode of what lies still over a few collections: a burst after a quiet hour would compile all of it again.
  setFlagsFromString('--no-flush-bytecode');
  try {
    const config = readConfig();
    const logger = new StructuredLogger(config.LOG_LEVEL, name);
    const applied = await migrate(config.DATABASE_OWNER_URL, config.DATABASE_URL);
    if (applied.length > 0) logger.log(`Migrations applied: ${applied.join(', ')}`);
    const app = await build(config, logger);
    closeOnSignal(app, logger);
    logger.log(`${name} is up`);
  } catch (error) {
    process.stderr.write(
      `throughline ${name} cannot start: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exit(1);
  }
}

function closeOnSignal(app: INestApplicationContext, logger: StructuredLogger): void {
  const close = (signal: string): void => {
    logger.log(`${signal}: claiming nothing new, finishing what is in hand`);
    setTimeout(() => {
      logger.warn(`Still busy after ${DRAIN_MS} ms; leaving the rest to its leases.`);
      process.exit(1);
    }, DRAIN_MS).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('Shutting down failed.', error);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', close);
  process.once('SIGINT', close);
}
