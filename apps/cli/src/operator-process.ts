import { type INestApplicationContext, Module, type ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { readConfig } from '#config';
import { type SystemActor, systemActor } from '#kernel';
import { PersistentClock, PlatformModule } from '#platform';
import { CommandFailure } from './command-failure.js';

@Module({})
class OperatorProcess {}

/** Who did it, for the records. */
export const operator = (): SystemActor => systemActor(`operator ${process.env['USER'] ?? ''}`.trim());

/** Opens the installation's database by the same settings as its processes, for one command. */
export async function atInstallation(
  modules: NonNullable<ModuleMetadata['imports']>,
  work: (app: INestApplicationContext) => Promise<void>,
): Promise<void> {
  const config = readConfig();
  // Where it was moved, by whoever tries the product out, commands reckon by the same calendar.
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
      `The database does not answer (${cause instanceof Error ? cause.message : String(cause)}). Run this where DATABASE_URL is set as for the scheduler.`,
    );
  });
  try {
    await work(app);
  } finally {
    await app.close();
  }
}
