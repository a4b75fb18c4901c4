import { setFlagsFromString } from 'node:v8';
import type { INestApplicationContext } from '@nestjs/common';
import { type Config, readConfig } from '#config';
import { migrate } from '#database';
import { messageOf } from '#kernel';
import { StructuredLogger } from './logger.service.js';

/**
 * How long running work may take after a signal. Then the process ends, and
 * others take over its leases.
 */
const DRAIN_MS = 25_000;

/**
 * Starts a process: reads the configuration, migrates the database, builds the
 * application. On SIGTERM it stops claiming, then finishes running work. A
 * failed start is one line on stderr and exit code 1.
 */
export async function startProcess(
  name: string,
  build: (config: Config, logger: StructuredLogger) => Promise<INestApplicationContext>,
): Promise<void> {
  // V8 discards idle bytecode. A burst after a quiet hour would compile
  // everything again.
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
    process.stderr.write(`throughline ${name} cannot start: ${messageOf(error)}\n`);
    process.exit(1);
  }
}

function closeOnSignal(app: INestApplicationContext, logger: StructuredLogger): void {
  const close = (signal: string): void => {
    logger.log(`${signal}: claims nothing new, finishes running work`);
    setTimeout(() => {
      logger.warn(`Still busy after ${DRAIN_MS} ms. The remaining work is left to its leases.`);
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
