import type { Abstract, FactoryProvider, OnApplicationBootstrap } from '@nestjs/common';
import { BackgroundWork } from '#jobs';

/** Starts one row of the schedule when the process starts. */
class ScheduledWork implements OnApplicationBootstrap {
  constructor(private readonly start: () => void) {}

  onApplicationBootstrap(): void {
    this.start();
  }
}

type Tokens<Services extends readonly unknown[]> = { readonly [K in keyof Services]: Abstract<Services[K]> };

/**
 * A row of the schedule: runs `work`, waits, and so on. See `BackgroundWork.loop`.
 * @param pauseMs between two runs. If `work` returns true, it runs again at
 *   once; if it returns a number, it waits that many milliseconds this time.
 */
export function loop<Services extends readonly unknown[]>(
  name: string,
  pauseMs: number | ((...services: Services) => number),
  services: readonly [...Tokens<Services>],
  work: (...services: Services) => Promise<unknown>,
): FactoryProvider<ScheduledWork> {
  return {
    provide: `schedule: ${name}`,
    inject: [BackgroundWork, ...services],
    useFactory: (backgroundWork: BackgroundWork, ...resolved: Services) =>
      new ScheduledWork(() => {
        backgroundWork.loop(name, typeof pauseMs === 'number' ? pauseMs : pauseMs(...resolved), async () => {
          const more = await work(...resolved);
          return typeof more === 'number' ? more : more === true;
        });
      }),
  };
}

/**
 * A row of the schedule: runs `work` at fixed times. See `BackgroundWork.cron`.
 * @param expression five fields, in UTC.
 */
export function cron<Services extends readonly unknown[]>(
  name: string,
  expression: string,
  services: readonly [...Tokens<Services>],
  work: (...services: Services) => Promise<unknown>,
): FactoryProvider<ScheduledWork> {
  return {
    provide: `schedule: ${name}`,
    inject: [BackgroundWork, ...services],
    useFactory: (backgroundWork: BackgroundWork, ...resolved: Services) =>
      new ScheduledWork(() => {
        backgroundWork.cron(name, expression, () => work(...resolved));
      }),
  };
}
