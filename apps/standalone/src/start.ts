import { messageOf } from '#kernel';
import type { DemoSignIn, Starter } from '#starter';
import { isLoopback } from '../../api/src/http/foreign-hosts.js';
import { banner } from './banner.js';
import { EmbeddedPostgres } from './embedded-postgres.js';
import { lockInstance } from './instance-lock.js';
import { localSecret } from './local-secret.js';
import { writeOperatorSettings } from './operator-settings.js';
import { calendarOf, MAILBOX_ADDRESS, type StandaloneOptions } from './options.js';
import { takePastMail } from './past-mail.js';
import { checkPortFree } from './ports.js';
import { step } from './progress.js';
import { readSettings } from './settings.js';
import { samplePassword } from './sample-password.js';
import { beginSamples, endSamples, refuseUnfinishedSamples } from './unfinished-samples.js';

/** Cleanup steps, run in reverse order. */
const undo: (() => Promise<void> | void)[] = [];

async function main(portal: Promise<unknown> | null): Promise<void> {
  const { options, config: settings, hasSecret } = readSettings(process.argv.slice(2), process.env);
  await checkPorts(options);
  undo.push(lockInstance(options.data));
  refuseUnfinishedSamples(options.data);
  const hasData = EmbeddedPostgres.existsIn(options.postgresFolder);
  const SECRET_KEY = hasSecret ? settings.SECRET_KEY : localSecret(options.data, hasData);
  const isOpen = !isLoopback(options.host);
  const password = options.isDemo ? samplePassword(options.data, hasData, isOpen) : null;
  const { postgres, startMailbox, migrate, startApp, Starter, firstRunLink } = await step('Starting PostgreSQL', () =>
    startPostgresAndLoad(options),
  );
  const hasPast = options.hasPast && !hasData;
  let stopMail = hasPast ? await takePastMail(options) : null;
  undo.push(() => stopMail?.());
  const openMailbox = (): Promise<void> =>
    step('Opening the mailbox', async () => {
      await stopMail?.();
      const mailbox = await startMailbox(options);
      stopMail = () => mailbox.stop();
    });
  if (!hasPast) await openMailbox();
  const addresses = { DATABASE_URL: postgres.applicationUrl, DATABASE_OWNER_URL: postgres.ownerUrl };
  const config = { ...settings, ...addresses, SECRET_KEY };
  await step('Bringing the database up to date', () => migrate(postgres.ownerUrl, postgres.applicationUrl));
  const app = await step('Starting api, renderer and scheduler', () =>
    startApp({ ...config, DATABASE_URL: postgres.ownUrl }, options, portal ?? Promise.resolve(), hasPast),
  );
  undo.push(() => app.close());
  undo.push(writeOperatorSettings(options.data, config, calendarOf(options)));
  const samples = (): Promise<DemoSignIn[]> => seed(app.get(Starter), options.data, password, openMailbox);
  // An interrupted first start is not continued, so its commits need not survive a power failure.
  const seeded = options.isDemo ? await (hasData ? samples() : postgres.withoutDiskWaits(samples)) : [];
  const firstRun = await firstRunLink(app);
  if (portal !== null) await step('Finishing the portal’s build', () => portal);
  postgres.onLost(() => {
    setTimeout(() => process.exit(1), WITHOUT_POSTGRES_MS);
    void stop('PostgreSQL has gone', 1);
  });
  process.stdout.write(banner(options, { signIns: seeded, firstRun, isOpen }));
}

/**
 * Marks the folder while steps run: a start that is interrupted leaves half of the sample data.
 * @param openMailbox after the past, whose mails are not kept.
 */
async function seed(
  starter: Starter,
  folder: string,
  password: string | null,
  openMailbox: () => Promise<void>,
): Promise<DemoSignIn[]> {
  const signIns = await starter.seed(
    (title, work) => {
      beginSamples(folder);
      return step(title, work);
    },
    password,
    openMailbox,
  );
  endSamples(folder);
  return signIns;
}

async function checkPorts(options: StandaloneOptions): Promise<void> {
  await checkPortFree(options.port, options.host, 'the product', '--port');
  await checkPortFree(options.mailboxPort, MAILBOX_ADDRESS, 'the inbox', '--mailbox-port');
  await checkPortFree(options.smtpPort, MAILBOX_ADDRESS, 'the mailbox’s SMTP server', '--smtp-port');
}

/**
 * PostgreSQL starts in another process while this one loads the product's 3,000
 * modules. Both take 1 to 3 s of processor time.
 */
async function startPostgresAndLoad(options: StandaloneOptions) {
  const starting = EmbeddedPostgres.start(options.postgresFolder).then((postgres) => {
    undo.push(() => postgres.stop());
    return postgres;
  });
  const loading = import('./product.js');
  await Promise.allSettled([starting, loading]);
  const { startMailbox, migrate, startApp, Starter, firstRunLink } = await loading;
  return { postgres: await starting, startMailbox, migrate, startApp, Starter, firstRunLink };
}

let stopping = false;
/**
 * Without PostgreSQL no pending write can finish.
 * Answers of relays are in the journal, for the next start.
 */
const WITHOUT_POSTGRES_MS = 10_000;

/**
 * Stops in two phases: claim nothing new and finish running work, then stop
 * mailbox and database.
 */
async function stop(reason: string, code: number): Promise<void> {
  if (stopping) return;
  process.stdout.write(`\n${reason}: finishing running work … `);
  await undoAll();
  process.stdout.write('stopped. Run npm start to continue.\n');
  process.exit(code);
}

/**
 * Prints why the process cannot run, and ends. Does nothing if it is stopping
 * already.
 */
async function stopWithError(reason: unknown): Promise<void> {
  if (stopping) return;
  process.stderr.write(`\n${messageOf(reason)}\n`);
  await undoAll();
  process.exit(1);
}

async function undoAll(): Promise<void> {
  stopping = true;
  for (const step of undo.reverse()) {
    try {
      await step();
    } catch (error) {
      process.stderr.write(`${messageOf(error)}\n`);
    }
  }
}

/**
 * npm repeats a signal that the terminal has sent already. Only a later one is
 * a second request.
 */
const SAME_KEYSTROKE_MS = 1000;
let firstSignalAt: number | null = null;

/** The first signal finishes running work. The second one ends at once. */
function onSignal(reason: string): void {
  firstSignalAt ??= performance.now();
  if (performance.now() - firstSignalAt < SAME_KEYSTROKE_MS) {
    void stop(reason, 0);
    return;
  }
  process.stdout.write('stopped at once. The next npm start settles the work that was running.\n');
  process.exit(1);
}

for (const [signal, reason] of [
  ['SIGINT', 'Ctrl-C'],
  ['SIGTERM', 'Stop signal'],
  ['SIGHUP', 'The terminal was closed'],
] as const)
  process.on(signal, () => {
    onSignal(reason);
  });

/**
 * Starts the product. Ends the process if it cannot run.
 * @param portal settles when the portal is built. Null: it is.
 */
export async function start(portal: Promise<unknown> | null): Promise<void> {
  try {
    await main(portal);
  } catch (error) {
    await stopWithError(error);
  }
}
