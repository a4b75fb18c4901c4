import { setFlagsFromString } from 'node:v8';
import type { INestApplicationContext } from '@nestjs/common';
import { type Config, ConfigError, productionProblems, readConfig } from '#config';
import { databaseProblems, migrate, type ProcessName } from '#database';
import { messageOf } from '#kernel';
import { StructuredLogger } from './logger.service.js';

/**
 * How long running work may take after a signal. Then the process ends, and
 * others take over its leases.
 */
const DRAIN_MS = 25_000;

/**
 * Starts a process: reads the configuration, checks it and the database, builds
 * the application. On SIGTERM it stops claiming, then finishes running work. A
 * failed start is one line on stderr and exit code 1.
 */
export async function startProcess(
  name: ProcessName,
  build: (config: Config, logger: StructuredLogger) => Promise<INestApplicationContext>,
): Promise<void> {
  // V8 discards idle bytecode. A burst after a quiet hour would compile
  // everything again.
  setFlagsFromString('--no-flush-bytecode');
  try {
    const config = readConfig();
    const logger = new StructuredLogger(config.LOG_LEVEL, name);
    await checkDatabase(name, config);
    const app = await build(config, logger);
    closeOnSignal(app, logger);
    logger.log(`${name} is up`);
  } catch (error) {
    process.stderr.write(`throughline ${name} cannot start: ${messageOf(error)}\n`);
    process.exit(1);
  }
}

/**
 * In production a process neither owns the database nor migrates it. Elsewhere
 * it may, for tests and development.
 * @throws ConfigError with all unsafe settings, all rights too many, or the
 *   migration that is missing.
 */
async function checkDatabase(name: ProcessName, config: Config): Promise<void> {
  const isProduction = config.NODE_ENV === 'production';
  const unsafe = isProduction ? productionProblems(config) : [];
  if (unsafe.length > 0) throw new ConfigError(unsafe);
  if (config.DATABASE_OWNER_URL !== '') await migrate(config.DATABASE_OWNER_URL, config.DATABASE_URL);
  const problems = await databaseProblems(config.DATABASE_URL, isProduction ? name : null);
  if (problems.length > 0) throw new ConfigError(problems);
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
