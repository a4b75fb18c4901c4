import { type INestApplicationContext, Module, type ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readConfig } from '#config';
import { type SystemActor, systemActor, messageOf } from '#kernel';
import { PersistentClock, PlatformModule } from '#platform';
import { CommandFailure } from './command-failure.js';

@Module({})
class OperatorProcess {}

/** The actor of the audit log: the operating system user. */
export const operator = (): SystemActor => systemActor(`operator ${process.env['USER'] ?? ''}`.trim());

/**
 * Opens the installation with the settings of its processes, runs one command,
 * and closes it.
 */
export async function withInstallation(
  modules: NonNullable<ModuleMetadata['imports']>,
  work: (app: INestApplicationContext) => Promise<void>,
): Promise<void> {
  const config = readConfig();
  // The demo can move its clock: commands must use the same one.
  const calendar = process.env['THROUGHLINE_CALENDAR'];
  const app = await NestFactory.createApplicationContext(
    {
      module: OperatorProcess,
      imports: [
        PlatformModule.forRoot({
          config,
          processName: 'operator',
          queue: 'in-process',
          consume: {},
          ...(calendar === undefined ? {} : { clock: new PersistentClock(calendar) }),
        }),
        ...modules,
      ],
    },
    { logger: false, abortOnError: false },
  ).catch((cause: unknown) => {
    throw new CommandFailure(
      `The database cannot be opened (${messageOf(cause)}). Set DATABASE_URL as for the scheduler.`,
    );
  });
  try {
    await work(app);
  } finally {
    await app.close();
  }
}
