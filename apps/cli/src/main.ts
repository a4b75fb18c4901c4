#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import { failureOf } from './command-failure.js';
import { type Connection, exportPackage, push, validate } from './commands.js';
import {
  addRelay,
  checkRelay,
  listRelays,
  type LookUpOptions,
  type RelayOptions,
  removeRelay,
  setLookUp,
} from './relay-commands.js';
import { atJobs, listDeadLetters, retryJobs } from './job-commands.js';
import { atMailbox, listAside, retryAside } from './mailbox-commands.js';
import { importOptOuts } from './opt-out-commands.js';
import { addProvider, atProviders, listProviders, revokeProvider, rotateProvider } from './provider-commands.js';
import {
  atDesk,
  confirmEpoch,
  explain,
  findSubjects,
  haltSending,
  liftHalt,
  listStuck,
  listUnknown,
  resolveUnknown,
  sendingStatus,
  unknownPolicy,
} from './sending-commands.js';
import { type EvidenceFiles, verify } from './verify-command.js';

// Whoever reads only the first lines has them: `sending status | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const url = () =>
  new Option('--url <address>', 'address of the installation').env('THROUGHLINE_URL').default('http://localhost:3000');
const key = () =>
  new Option('--key <key>', 'API key of a vendor that may edit campaigns')
    .env('THROUGHLINE_API_KEY')
    .makeOptionMandatory();

function positive(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It is a number from 1.');
  return number;
}

const program = new Command('throughline')
  .description(
    'Works on campaign packages: checks them, uploads them, fetches them, and verifies what was sent; looks into sending.',
  )
  .showHelpAfterError('(throughline --help shows what there is)')
  .addHelpText(
    'after',
    '\nExit codes: 0 all is well, 1 what was looked at is not right, 2 it could not be looked at.\nThe format of packages is described in docs/campaign-package.md.',
  );

program
  .command('validate')
  .description('check a campaign folder or zip; prints every mistake as file:line:column')
  .argument('<package>', 'campaign folder, or a zip of one')
  .action((path: string) => validate(path, print));

program
  .command('push')
  .description('upload a campaign: a new one, or the next version of the one that has its name')
  .argument('<package>', 'campaign folder, or a zip of one')
  .addOption(url())
  .addOption(key())
  .action((path: string, connection: Connection) => push(path, connection, print));

program
  .command('export')
  .description('fetch the package of a version, byte for byte as it was uploaded')
  .argument('<campaign>', 'name of the campaign, or its id with --number')
  .option('--number <number>', 'version; the newest when left out', positive)
  .option('-o, --output <file>', 'where to write the zip; <campaign>-<number>.zip when left out')
  .addOption(url())
  .addOption(key())
  .action((campaign: string, options: Connection & { number?: number; output?: string }) =>
    exportPackage(campaign, { ...options, number: options.number ?? null, output: options.output ?? null }, print),
  );

program
  .command('verify')
  .description('prove that locked copy is intact in a message, page, document or picture; works without any network')
  .argument('<file>', 'message as it was received (.eml), page (.html), document (.pdf), picture (.png, .jpg)')
  .requiredOption('--manifest <file>', 'signed manifest of the campaign version')
  .requiredOption('--key <file>', 'public keys of the vendor: JSON Web Key (Set) or PEM')
  .option('--seal <file>', "the activation's seal: partner values have to be the approved ones")
  .option('--receipt <file>', "the copy's receipt: it has to be the very one")
  .action((file: string, files: EvidenceFiles) => verify(file, files, print));

const sending = program
  .command('sending')
  .description('look into sending and intervene; runs where the settings of the scheduler are, see docs/operations.md');
sending
  .command('status')
  .description('what is due, on its way, unknown, halted, waiting, and why messages of a day were not sent')
  .action(() => atDesk((desk) => sendingStatus(desk, print)));
sending
  .command('unknown')
  .description('messages of which nobody knows whether the relay has taken them')
  .option('--limit <number>', 'at most so many', positive)
  .action(({ limit }: { limit?: number }) => atDesk((desk) => listUnknown(desk, limit ?? 100, print)));
sending
  .command('stuck')
  .description('steps without an outcome for over an hour, and what is known of why')
  .option('--limit <number>', 'at most so many', positive)
  .action(({ limit }: { limit?: number }) => atDesk((desk) => listStuck(desk, limit ?? 100, print)));
sending
  .command('resolve')
  .description('decide unknown messages: accepted (in the log of the relay), redrive (in no log), close')
  .argument('<way>', 'accepted, redrive or close')
  .argument('<ids...>', 'ids of messages')
  .action((way: string, ids: string[]) => atDesk((desk) => resolveUnknown(desk, way, ids, print)));
sending
  .command('unknown-policy')
  .description(
    'what is done with unknown messages of a vendor where no evidence comes: close (never twice), repeat-absent (again if POSTFIX_LOG does not have it) or repeat',
  )
  .argument('<vendor>')
  .argument('[way]', 'close, repeat-absent or repeat; shows it when left out')
  .option('--after-hours <number>', 'how long to wait for evidence before a message is repeated', positive, 24)
  .action((vendor: string, way: string | undefined, { afterHours }: { afterHours: number }) =>
    atDesk((desk) => unknownPolicy(desk, vendor, way, afterHours, print)),
  );
sending
  .command('find')
  .description('ids of vendors, partners, campaigns and activations, by words of their names')
  .argument('<words>')
  .action((words: string) => atDesk((desk) => findSubjects(desk, words, print)));
sending
  .command('halt')
  .description('the kill switch: everything, vendor, partner, campaign or activation')
  .argument('<scope>')
  .argument('[id]')
  .requiredOption('--reason <words>', 'why, for whoever lifts it')
  .action((scope: string, id: string | undefined, { reason }: { reason: string }) =>
    atDesk((desk) => haltSending(desk, scope, id, reason, print)),
  );
sending
  .command('lift')
  .description('lift a halt')
  .argument('<scope>')
  .argument('[id]')
  .action((scope: string, id: string | undefined) => atDesk((desk) => liftHalt(desk, scope, id, print)));
sending
  .command('confirm-restore')
  .description('after a backup was restored: send again; what may have been sent since the backup becomes unknown')
  .option('--until <moment>', 'when sending had stopped for good (ISO 8601); now when left out')
  .action(({ until }: { until?: string }) => atDesk((desk) => confirmEpoch(desk, until, print)));
sending
  .command('why')
  .description('why a contact gets, or does not get, something of an activation')
  .argument('<activation>')
  .argument('<contact>')
  .action((activation: string, contact: string) => atDesk((desk) => explain(desk, activation, contact, print)));

sending
  .command('relays')
  .description('SMTP relays of vendors and of the installation, in their order, with how they do')
  .action(() => atDesk((desk) => listRelays(desk, print)));
sending
  .command('relay-add')
  .description('add a relay of the installation, and look at it')
  .requiredOption('--name <words>', 'what it is called here')
  .requiredOption('--host <host>', 'where it is')
  .option('--port <number>', '25, 465, 587 …', positive, 587)
  .option('--tls <mode>', 'implicit, required or opportunistic', 'required')
  .option('--user <user>', 'who signs in')
  .option('--password-file <file>', 'a file with the password')
  .option('--priority <number>', 'the lowest is tried first; SMTP_URL has 100', positive, 200)
  .option('--connections <number>', 'at once, of each scheduler', positive, 8)
  .action((options: RelayOptions) => atDesk((desk) => addRelay(desk, options, print)));
sending
  .command('relay-look-up')
  .description('say where messages are looked up that a relay of the installation left in doubt')
  .argument('<id>')
  .argument('<provider>', 'mailgun, postmark, sendgrid or none')
  .option('--key-file <file>', 'a file with a key of the provider that may read events')
  .option('--region <region>', 'where the account is kept: us or eu', 'us')
  .option('--scope <name>', 'Mailgun’s sending domain; Postmark’s message stream, where it is not “outbound”')
  .action((id: string, provider: string, options: LookUpOptions) =>
    atDesk((desk) => setLookUp(desk, id, provider, options, print)),
  );
sending
  .command('relay-remove')
  .description('remove a relay of the installation')
  .argument('<id>')
  .action((id: string) => atDesk((desk) => removeRelay(desk, id, print)));
sending
  .command('relay-check')
  .description('look at a relay of the installation now: connect, sign in, no mail')
  .argument('<id>')
  .action((id: string) => atDesk((desk) => checkRelay(desk, id, print)));
const providers = program
  .command('providers')
  .description('accounts at mail providers that tell by webhook what became of messages, see docs/operations.md');
const secretFile = (): Option =>
  new Option('--secret-file <file>', 'where the provider’s secret stands; Postmark’s is made');
providers
  .command('list')
  .description('who may tell, and what they told')
  .action(() => atProviders((sources) => listProviders(sources, print)));
providers
  .command('add')
  .description('let a provider tell: ses, sendgrid, postmark or mailgun')
  .argument('<provider>')
  .requiredOption('--name <words>', 'what you call it')
  .addOption(secretFile())
  .action((provider: string, options: { name: string; secretFile?: string }) =>
    atProviders((sources) =>
      addProvider(sources, { provider, name: options.name, secretFile: options.secretFile }, print),
    ),
  );
providers
  .command('rotate')
  .description('a new secret; the old one proves along for a day')
  .argument('<id>')
  .addOption(secretFile())
  .action((id: string, options: { secretFile?: string }) =>
    atProviders((sources) => rotateProvider(sources, id, options.secretFile, print)),
  );
providers
  .command('revoke')
  .description('believe nothing more of an account')
  .argument('<id>')
  .action((id: string) => atProviders((sources) => revokeProvider(sources, id, print)));

program
  .command('opt-outs')
  .description('people who want no mail of this installation, whoever sends it: a CSV with a column of addresses')
  .argument('<file>', 'CSV')
  .action((file: string) => importOptOuts(file, print));

const mailbox = program.command('mailbox').description('the mailbox that is read by IMAP, see docs/operations.md');
mailbox
  .command('aside')
  .description('mails that could not be taken')
  .option('--limit <number>', 'at most so many', positive)
  .action(({ limit }: { limit?: number }) => atMailbox((progress) => listAside(progress, limit ?? 100, print)));
mailbox
  .command('retry')
  .description('try what was put aside again')
  .action(() => atMailbox((progress) => retryAside(progress, print)));

const jobs = program
  .command('jobs')
  .description('work that failed as often as it may and waits for you, see docs/operations.md');
jobs
  .command('list')
  .description('what is left, what each try ended with, and since when')
  .option('--limit <number>', 'at most so many', positive)
  .action(({ limit }: { limit?: number }) => atJobs((desk) => listDeadLetters(desk, limit ?? 100, print)));
jobs
  .command('retry')
  .description('let what is left be tried again, once its cause is mended')
  .argument('[ids...]', 'of jobs')
  .option('--all', 'everything that is left')
  .action((ids: string[], { all }: { all?: true }) => atJobs((desk) => retryJobs(desk, ids, all === true, print)));

try {
  await program.parseAsync();
} catch (error) {
  const failure = failureOf(error);
  process.stderr.write(`${failure.message}\n`);
  process.exitCode = failure.exitCode;
}
