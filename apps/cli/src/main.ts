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
import { liftBounce, withBounces } from './bounce-commands.js';
import { migrateDatabase } from './migrate-command.js';
import { withJobs, listDeadLetters, retryJobs } from './job-commands.js';
import { withMailbox, listAside, retryAside } from './mailbox-commands.js';
import { importOptOuts } from './opt-out-commands.js';
import { resetSecondFactor, withPeople } from './person-commands.js';
import { addProvider, withProviders, listProviders, revokeProvider, rotateProvider } from './provider-commands.js';
import { releaseLog, withReleases } from './release-commands.js';
import { rotateKey } from './secret-key-command.js';
import { listUnknown, resolveUnknown, unknownPolicy } from './unknown-commands.js';
import { explain } from './explain-command.js';
import {
  withSending,
  confirmEpoch,
  findSubjects,
  haltSending,
  liftHalt,
  listStuck,
  sendingStatus,
} from './sending-commands.js';
import { createVendor, listVendors, type VendorOptions, withVendors } from './vendor-commands.js';
import { type EvidenceFiles, verify } from './verify-command.js';

// `sending status | head` closes the pipe early.
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
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Give a whole number of 1 or more.');
  return number;
}

const program = new Command('throughline')
  .description('Checks, uploads and downloads campaign packages, verifies sent copies, and operates sending.')
  .showHelpAfterError('(throughline --help lists all commands)')
  .addHelpText(
    'after',
    '\nExit codes: 0 success, 1 the check failed, 2 the check could not run.\nThe package format is described in docs/campaign-package.md.',
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

program
  .command('migrate')
  .description('bring the database up to date and give each process its role; needs its owner')
  .action(() => migrateDatabase(print));

program
  .command('secret-key')
  .description('the key that seals secrets in the database')
  .command('rotate')
  .description(
    'seal all secrets under the new SECRET_KEY; needs the owner of the database and SECRET_KEY_PREVIOUS, see docs/operations.md',
  )
  .action(() => rotateKey(process.env, print));

const sending = program
  .command('sending')
  .description('inspect and control sending; needs the settings of the scheduler, see docs/operations.md');
sending
  .command('status')
  .description('show the queue, unknown messages, halts, slow destinations, and why messages were not sent in 24 hours')
  .action(() => withSending((services) => sendingStatus(services, print)));
sending
  .command('unknown')
  .description('list unknown messages: it is not known whether the relay accepted them')
  .option('--limit <number>', 'maximum number of lines', positive)
  .action(({ limit }: { limit?: number }) => withSending((services) => listUnknown(services, limit ?? 100, print)));
sending
  .command('stuck')
  .description('list steps without an outcome for over an hour, with the known reason')
  .option('--limit <number>', 'maximum number of lines', positive)
  .action(({ limit }: { limit?: number }) => withSending((services) => listStuck(services, limit ?? 100, print)));
sending
  .command('resolve')
  .description(
    'resolve unknown messages: accepted (found in the log of the relay), redrive (certainly not there: send again), close (never send again)',
  )
  .argument('<way>', 'accepted, redrive or close')
  .argument('<ids...>', 'message ids')
  .action((way: string, ids: string[]) => withSending((services) => resolveUnknown(services, way, ids, print)));
sending
  .command('unknown-policy')
  .description(
    'show or set what happens to a vendor’s unknown messages without evidence: close (never send again), repeat-absent (send again if POSTFIX_LOG does not contain it) or repeat',
  )
  .argument('<vendor>')
  .argument('[way]', 'close, repeat-absent or repeat; without it the current policy is shown')
  .option('--after-hours <number>', 'hours to wait for evidence before a message is sent again', positive, 24)
  .action((vendor: string, way: string | undefined, { afterHours }: { afterHours: number }) =>
    withSending((services) => unknownPolicy(services, vendor, way, afterHours, print)),
  );
sending
  .command('find')
  .description('find the ids of vendors, partners, campaigns and activations by name')
  .argument('<words>')
  .action((words: string) => withSending((services) => findSubjects(services, words, print)));
sending
  .command('halt')
  .description('stop sending for everything, a vendor, partner, campaign or activation')
  .argument('<scope>')
  .argument('[id]')
  .requiredOption('--reason <words>', 'shown in `sending status` until the halt is lifted')
  .action((scope: string, id: string | undefined, { reason }: { reason: string }) =>
    withSending((services) => haltSending(services, scope, id, reason, print)),
  );
sending
  .command('lift')
  .description('lift a halt')
  .argument('<scope>')
  .argument('[id]')
  .action((scope: string, id: string | undefined) => withSending((services) => liftHalt(services, scope, id, print)));
sending
  .command('confirm-restore')
  .description(
    'resume sending after a backup was restored; messages that may have been sent since the backup become unknown',
  )
  .option('--until <moment>', 'when sending had stopped for good (ISO 8601); default: now')
  .action(({ until }: { until?: string }) => withSending((services) => confirmEpoch(services, until, print)));
sending
  .command('why')
  .description('explain why a contact receives, or does not receive, messages of an activation')
  .argument('<activation>')
  .argument('<contact>')
  .action((activation: string, contact: string) =>
    withSending((services) => explain(services, activation, contact, print)),
  );

sending
  .command('relays')
  .description('list the SMTP relays of the installation and of vendors with their health')
  .action(() => withSending((services) => listRelays(services, print)));
sending
  .command('relay-add')
  .description('add a relay of the installation and check it')
  .requiredOption('--name <words>', 'display name')
  .requiredOption('--host <host>', 'host name or address')
  .option('--port <number>', '25, 465, 587 …', positive, 587)
  .option('--tls <mode>', 'implicit, required or opportunistic', 'required')
  .option('--user <user>', 'user name')
  .option('--password-file <file>', 'file that contains the password')
  .option('--priority <number>', 'lower is tried first; SMTP_URL has 100', positive, 200)
  .option('--connections <number>', 'connections per scheduler', positive, 8)
  .action((options: RelayOptions) => withSending((services) => addRelay(services, options, print)));
sending
  .command('relay-look-up')
  .description('set the provider that is asked for unknown messages of a relay')
  .argument('<id>')
  .argument('<provider>', 'mailgun, postmark, sendgrid or none')
  .option('--key-file <file>', 'file with a provider key that may read events')
  .option('--region <region>', 'region of the account: us or eu', 'us')
  .option('--scope <name>', 'Mailgun: the sending domain. Postmark: the message stream if it is not “outbound”')
  .action((id: string, provider: string, options: LookUpOptions) =>
    withSending((services) => setLookUp(services, id, provider, options, print)),
  );
sending
  .command('relay-remove')
  .description('remove a relay of the installation')
  .argument('<id>')
  .action((id: string) => withSending((services) => removeRelay(services, id, print)));
sending
  .command('relay-check')
  .description('check a relay of the installation now: connect and sign in, without sending mail')
  .argument('<id>')
  .action((id: string) => withSending((services) => checkRelay(services, id, print)));
const providers = program
  .command('providers')
  .description('provider accounts that report deliveries, bounces and complaints by webhook, see docs/operations.md');
const secretFile = (): Option =>
  new Option('--secret-file <file>', 'file with the provider’s secret; Postmark’s is generated');
providers
  .command('list')
  .description('list the accounts with the number of events received')
  .action(() => withProviders((sources) => listProviders(sources, print)));
providers
  .command('add')
  .description('connect an account: ses, sendgrid, postmark or mailgun')
  .argument('<provider>')
  .requiredOption('--name <words>', 'display name')
  .addOption(secretFile())
  .action((provider: string, options: { name: string; secretFile?: string }) =>
    withProviders((sources) =>
      addProvider(sources, { provider, name: options.name, secretFile: options.secretFile }, print),
    ),
  );
providers
  .command('rotate')
  .description('set a new secret; the old one is accepted for 24 hours more')
  .argument('<id>')
  .addOption(secretFile())
  .action((id: string, options: { secretFile?: string }) =>
    withProviders((sources) => rotateProvider(sources, id, options.secretFile, print)),
  );
providers
  .command('revoke')
  .description('disconnect an account: its events are rejected from now on')
  .argument('<id>')
  .action((id: string) => withProviders((sources) => revokeProvider(sources, id, print)));

program
  .command('opt-outs')
  .description('import addresses that must never receive mail from this installation: a CSV with a column of addresses')
  .argument('<file>', 'CSV')
  .action((file: string) => importOptOuts(file, print));

program
  .command('bounces')
  .description('addresses that get no mail because of bounces, see docs/operations.md')
  .command('lift')
  .description('let every sender write again to an address that bounced by mistake; opt-outs and complaints stay')
  .argument('<email>', 'the address')
  .action((email: string) => withBounces((bounces) => liftBounce(bounces, email, print)));

const mailbox = program
  .command('mailbox')
  .description('the IMAP mailbox that receives bounces, see docs/operations.md');
mailbox
  .command('aside')
  .description('list e-mails that could not be processed')
  .option('--limit <number>', 'maximum number of lines', positive)
  .action(({ limit }: { limit?: number }) => withMailbox((progress) => listAside(progress, limit ?? 100, print)));
mailbox
  .command('retry')
  .description('process the e-mails of `mailbox aside` again')
  .action(() => withMailbox((progress) => retryAside(progress, print)));

program
  .command('person')
  .description('people and their sign-in, see docs/operations.md')
  .command('reset-second-factor')
  .description('remove the passkeys and the authenticator app of a person who lost them, and end their sessions')
  .argument('<email>', 'e-mail address of the person')
  .action((email: string) => withPeople((security) => resetSecondFactor(security, email, print)));

const vendor = program.command('vendor').description('vendors of this installation, see docs/operations.md#vendors');
vendor
  .command('create')
  .description('found a vendor; prints a link with which its owner sets a password. Repeat it for a new link')
  .requiredOption('--name <words>', 'name of the vendor, as partners know it')
  .requiredOption('--owner <words>', 'name of its first owner')
  .requiredOption('--owner-email <address>', 'e-mail address of the owner')
  .requiredOption('--country <code>', 'two capital letters (ISO 3166), for example GB')
  .option('--time-zone <name>', 'IANA name, for example Europe/Berlin; default: that of the country')
  .option(
    '--languages <tags>',
    'of its campaigns, separated by commas, for example en,de; default: that of the country',
  )
  .option('--language <tag>', 'of the owner’s account: en or de; default: that of the country')
  .option('--sender-domain <domain>', 'sub-domain for partners without a domain of their own')
  .option('--colour <colour>', 'of buttons and links in its e-mails, for example #0f766e')
  .option('--logo <file>', 'logo of its e-mails: PNG, JPEG, WebP or SVG of at most 5 MB')
  .option('--mail', 'also mail the link to the owner')
  .action((options: VendorOptions) => withVendors((services) => createVendor(services, options, print)));
vendor
  .command('list')
  .description('list the vendors of this installation')
  .action(() => withVendors((services) => listVendors(services, print)));

const jobs = program.command('jobs').description('dead-lettered jobs, see docs/operations.md');
jobs
  .command('list')
  .description('list dead-lettered jobs with the error of the last attempt')
  .option('--limit <number>', 'maximum number of lines', positive)
  .action(({ limit }: { limit?: number }) => withJobs((services) => listDeadLetters(services, limit ?? 100, print)));
jobs
  .command('retry')
  .description('retry dead-lettered jobs; fix the cause first')
  .argument('[ids...]', 'job ids')
  .option('--all', 'all dead-lettered jobs')
  .action((ids: string[], { all }: { all?: true }) =>
    withJobs((services) => retryJobs(services, ids, all === true, print)),
  );

program
  .command('release')
  .description('numbers about contacts that vendors are told, see docs/privacy.md')
  .command('log')
  .description('list what was released to a vendor, with its cost and what is left of the budget of 365 days')
  .argument('<vendor>')
  .option('--limit <number>', 'maximum number of lines', positive)
  .action((vendor: string, { limit }: { limit?: number }) =>
    withReleases((services) => releaseLog(services, vendor, limit ?? 100, print)),
  );

try {
  await program.parseAsync();
} catch (error) {
  const failure = failureOf(error);
  process.stderr.write(`${failure.message}\n`);
  process.exitCode = failure.exitCode;
}
