import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Config } from '#config';
import { migrate } from '#database';
import { HealthService, PersistentClock, StructuredLogger } from '#platform';
import { Starter } from '#starter';
import { configureApi } from '../../api/src/configure-api.js';
import { banner } from './banner.js';
import { EmbeddedPostgres } from './embedded-postgres.js';
import { lockInstance } from './instance-lock.js';
import { localSecret } from './local-secret.js';
import { startMailbox } from './mailbox.js';
import { writeOperatorSettings } from './operator-settings.js';
import type { StandaloneOptions } from './options.js';
import { checkPortFree } from './ports.js';
import { step } from './progress.js';
import { readSettings } from './settings.js';
import { StandaloneModule } from './standalone.module.js';

/** What must be undone at the end, in reverse order. */
const undo: (() => Promise<void> | void)[] = [];

async function main(): Promise<void> {
  const { options, config: settings, hasSecret } = readSettings(process.argv.slice(2), process.env);
  await checkPorts(options);
  undo.push(lockInstance(options.data));
  const SECRET_KEY = hasSecret ? settings.SECRET_KEY : localSecret(options.data);
  const postgres = await step('Starting PostgreSQL', () => EmbeddedPostgres.start(options.postgresFolder));
  undo.push(() => postgres.stop());
  const mailbox = await step('Opening the mailbox', () => startMailbox(options));
  undo.push(() => mailbox.stop());
  const addresses = { DATABASE_URL: postgres.applicationUrl, DATABASE_OWNER_URL: postgres.ownerUrl };
  const config = { ...settings, ...addresses, SECRET_KEY };
  await step('Bringing the database up to date', () => migrate(postgres.ownerUrl, postgres.applicationUrl));
  const app = await step('Starting api, renderer and scheduler', () => startApp(config, options));
  undo.push(() => app.close());
  undo.push(writeOperatorSettings(options.data, config, calendarOf(options)));
  const seeded = await app.get(Starter).seed((title, work) => step(title, work));
  postgres.onLost(() => {
    setTimeout(() => process.exit(1), WITHOUT_POSTGRES_MS);
    void stop('PostgreSQL has gone', 1);
  });
  process.stdout.write(banner(options, seeded));
}

async function checkPorts(options: StandaloneOptions): Promise<void> {
  await checkPortFree(options.port, options.host, 'the product', '--port');
  await checkPortFree(options.mailboxPort, options.host, 'the inbox', '--mailbox-port');
  await checkPortFree(options.smtpPort, options.host, 'the mailbox’s SMTP server', '--smtp-port');
}

const calendarOf = ({ data }: StandaloneOptions): string => join(data, 'clock');

async function startApp(config: Config, options: StandaloneOptions): Promise<INestApplication> {
  const clock = new PersistentClock(calendarOf(options));
  const app = await NestFactory.create<NestExpressApplication>(StandaloneModule.with(config, clock), {
    logger: new StructuredLogger(config.LOG_LEVEL, 'standalone'),
    bodyParser: false,
    abortOnError: false,
  });
  const health = app.get(HealthService);
  app.use(
    (
      request: Parameters<HealthService['serve']>[0],
      response: Parameters<HealthService['serve']>[1],
      next: () => void,
    ) => void health.serve(request, response, next),
  );
  configureApi(app, config);
  await app.listen(options.port, options.host);
  return app;
}

let stopping = false;
/** Without its database it can finish nothing that waits to be written: what relays have answered stands in the journal, for the next start. */
const WITHOUT_POSTGRES_MS = 10_000;

/** Two phases: claim nothing new and finish what is in hand, then mailbox and database. */
async function stop(reason: string, code: number): Promise<void> {
  if (stopping) return;
  process.stdout.write(`\n${reason}: finishing what is in hand … `);
  await undoAll();
  process.stdout.write('stopped. Type npm start to continue where you were.\n');
  process.exit(code);
}

/** Says why it cannot run. Told to stop while it was starting, it ends by that way instead. */
async function giveUp(reason: unknown): Promise<void> {
  if (stopping) return;
  process.stderr.write(`\n${reason instanceof Error ? reason.message : String(reason)}\n`);
  await undoAll();
  process.exit(1);
}

async function undoAll(): Promise<void> {
  stopping = true;
  for (const step of undo.reverse()) {
    try {
      await step();
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}

/** npm passes on a signal that the terminal has already sent to everybody: only a later one is somebody's second. */
const SAME_KEYSTROKE_MS = 1000;
let toldAt: number | null = null;

/** Told once, it finishes; told again, it goes at once and leaves the rest to the next start. */
function told(reason: string): void {
  toldAt ??= performance.now();
  if (performance.now() - toldAt < SAME_KEYSTROKE_MS) {
    void stop(reason, 0);
    return;
  }
  process.stdout.write('not waiting. The next npm start settles what was in hand.\n');
  process.exit(1);
}

for (const [signal, reason] of [
  ['SIGINT', 'Ctrl-C'],
  ['SIGTERM', 'Told to stop'],
  ['SIGHUP', 'The terminal was closed'],
] as const)
  process.on(signal, () => {
    told(reason);
  });

try {
  await main();
} catch (error) {
  await giveUp(error);
}
