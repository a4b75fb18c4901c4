#!/usr/bin/env node
/**
 * Speed and CPU time of sending: `npm run bench:send [-- --json] [--messages 5000] [--runs 3]
 * [--schedulers 2] [--connections 20] [--profile folder]`.
 *
 * Scheduler processes as in production (one per core), with PostgreSQL (fsync on) and Redis,
 * send
 * one personalised, link-tracked and DKIM-signed e-mail each to 5,000 contacts of a partner:
 * claim → release → MIME → seal → DKIM → SMTP → ledger.
 * In the same run, against the same smtp-sink: smtp-source with messages of the same size,
 * nodemailer with its own pool, MIME and DKIM and no ledger, and the floor (send-floor.mjs).
 * Compare the ratios. The rates depend on the machine.
 */
import '../support/typescript.mjs';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { buildServer } from '../../scripts/setup.mjs';
import { cpuMs, familyOf, median } from './cpu.mjs';
import { providePostfix, runSource, startSink } from './postfix.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    messages: { type: 'string', default: '5000' },
    runs: { type: 'string', default: '3' },
    schedulers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    connections: { type: 'string', default: '20' },
    profile: { type: 'string' },
  },
});
const MESSAGES = Number(options.messages);
const SESSIONS = 20;
/** Enough to make the HTML of the shipped mail about 30 KB. */
const PARAGRAPHS = 24;

const say = (line) => process.stdout.write(`${line}\n`);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Adds paragraphs to the shipped mail. */
const grown = (paragraphs) => (mjml) =>
  mjml.replace(
    '</mj-body>',
    `<mj-section><mj-column>${Array.from(
      { length: paragraphs },
      (_, at) =>
        `<mj-text>Paragraph ${at}: a network that was built for offices now ends in kitchens, trains and other people's data centres, and every one of these edges has to be watched.</mj-text>`,
    ).join('')}</mj-column></mj-section></mj-body>`,
  );

/** Customers of the bench have addresses of such a domain; users do not. */
const CUSTOMER = /@customer\d+\.example$/;

/** A server that stores one mail to a customer, as a sample. */
async function sampleServer() {
  const got = Promise.withResolvers?.() ?? deferred();
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    onData(stream, { envelope }, done) {
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => {
        done();
        // The same scheduler sends system mail, such as news of a campaign.
        if (envelope.rcptTo.every(({ address }) => CUSTOMER.test(address))) got.resolve(Buffer.concat(chunks));
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `smtp://127.0.0.1:${server.server.address().port}`, mail: got.promise, stop: () => server.close() };
}

function deferred() {
  let resolve;
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}

/**
 * Interval of the query whether all are accepted. It is load for PostgreSQL, too: four queries
 * per
 * second cost 0.02 ms per message.
 */
const ASK_MS = 1000;

/**
 * Whether all are accepted. It counts only when nothing is running: counting cost a fifth of
 * the
 * measured time.
 */
async function isDone(site, activationId) {
  const [{ busy }] = await site.api.asOwner(
    `SELECT EXISTS (SELECT FROM delivery.message WHERE lease_until IS NOT NULL) OR EXISTS (SELECT FROM sequences.partner_queue WHERE next_due <= now()) AS busy`,
  );
  if (busy) return false;
  const [{ n }] = await site.api.asOwner(
    `SELECT count(*)::int AS n FROM delivery.message WHERE activation_id = $1 AND state = 'accepted'`,
    [activationId],
  );
  return n === MESSAGES;
}

/** One mail to a server that stores it. */
async function sample(site, partner, environment) {
  const server = await sampleServer();
  const scheduler = await site.startScheduler('sample', { ...environment, SMTP_URL: server.url });
  await site.launch(partner, 1);
  const raw = await server.mail;
  await scheduler.end('SIGTERM');
  server.stop();
  const { html, text } = await simpleParser(raw);
  return { raw: raw.toString('latin1'), html, text };
}

/**
 * Sends to new contacts. Measures from their due time until the last one is accepted in the
 * ledger.
 */
async function ours(site, partner, schedulers) {
  const dueAt = new Date(Date.now() + 10_000 + MESSAGES * 3);
  const id = await site.launch(partner, MESSAGES, dueAt);
  const enrolled = async () =>
    (await site.api.asOwner('SELECT enrolled_at FROM activations.activation WHERE id = $1', [id]))[0].enrolled_at;
  while ((await enrolled()) === null) await pause(100);
  await site.api.asOwner('CHECKPOINT');
  if (dueAt.getTime() < Date.now()) throw new Error('Enrolling took longer than the bench allows for.');
  while (Date.now() < dueAt.getTime() - 50) await pause(5);
  const used = () => ({
    node: cpuMs(schedulers.map(({ pid }) => pid)),
    postgres: cpuMs(familyOf(site.postgres.pid)),
    redis: cpuMs([site.redis.pid]),
  });
  const before = used();
  while (!(await isDone(site, id))) await pause(ASK_MS);
  const after = used();
  const [{ seconds }] = await site.api.asOwner(
    `SELECT extract(epoch FROM max(settled_at) - $2::timestamptz)::float8 AS seconds FROM delivery.message WHERE activation_id = $1`,
    [id, dueAt],
  );
  const each = (name) => (after[name] - before[name]) / MESSAGES;
  return { rate: MESSAGES / seconds, node: each('node'), postgres: each('postgres'), redis: each('redis') };
}

/** CPU milliseconds of the floor per message: its process and PostgreSQL together. */
function leastOf(site, args) {
  const before = cpuMs(familyOf(site.postgres.pid));
  const { cpuMs: own } = JSON.parse(
    execFileSync(process.execPath, ['test/bench/send-floor.mjs', ...args.map(String), site.api.ownerUrl], {
      encoding: 'utf8',
    }),
  );
  return own + (cpuMs(familyOf(site.postgres.pid)) - before) / MESSAGES;
}

async function main() {
  providePostfix();
  await buildServer();
  const { SendingSite } = await import('../support/sending-site.ts');
  const sink = await startSink();
  const site = await SendingSite.open(sink.url, { grow: grown(PARAGRAPHS) });
  try {
    const keyFile = site.dkimKeyFile();
    const environment = { DKIM_KEY_FILE: keyFile, SEND_CONCURRENCY: options.connections, DATABASE_POOL: '20' };
    const profiled =
      options.profile === undefined
        ? {}
        : { NODE_OPTIONS: `--import ${resolve('test/bench/profile.mjs')}`, PROFILE_FOLDER: resolve(options.profile) };
    const partner = await site.aPartner('Brightwater IT');
    const { raw, html, text } = await sample(site, partner, environment);
    const sampleFile = join(site.folder, 'sample.json');
    writeFileSync(sampleFile, JSON.stringify({ html, text, raw }));
    say(
      `HTML ${html.length} bytes, message ${raw.length} bytes, DKIM ${raw.includes('DKIM-Signature') ? 'yes' : 'NO'}`,
    );
    const schedulers = [];
    for (let n = 1; n <= Number(options.schedulers); n++)
      schedulers.push(await site.startScheduler(`scheduler-${n}`, { ...environment, ...profiled }));
    const runs = [];
    for (let run = 0; run <= Number(options.runs); run++) {
      const source = runSource(sink.port, { messages: MESSAGES, bytes: raw.length, sessions: SESSIONS });
      const args = ['test/bench/nodemailer-baseline.mjs', sink.port, keyFile, sampleFile, MESSAGES, SESSIONS].map(
        String,
      );
      const nodemailer = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
      const floor = leastOf(site, [sink.port, keyFile, sampleFile, MESSAGES, SESSIONS]);
      const own = await ours(site, partner, schedulers);
      say(
        `${run === 0 ? 'warm-up' : `run ${run}`}: ours ${own.rate.toFixed(0)}/s, nodemailer ${nodemailer.rate.toFixed(0)}/s, smtp-source ${source.toFixed(0)}/s; CPU ms a message: scheduler ${own.node.toFixed(2)}, PostgreSQL ${own.postgres.toFixed(2)}, Redis ${own.redis.toFixed(2)}; nodemailer ${nodemailer.cpuMs.toFixed(2)}, floor ${floor.toFixed(2)}`,
      );
      if (run > 0) runs.push({ ...own, source, nodemailer, floor });
    }
    // Profiles are written at a clean end only.
    if (options.profile !== undefined) await Promise.all(schedulers.map((server) => server.end('SIGTERM')));
    const of = (value) => Number(median(runs.map(value)).toFixed(3));
    const result = {
      messages: MESSAGES,
      messageBytes: raw.length,
      cpuMsPerMessage: of(({ node, postgres }) => node + postgres),
      cpuMsScheduler: of(({ node }) => node),
      cpuMsPostgres: of(({ postgres }) => postgres),
      cpuMsRedis: of(({ redis }) => redis),
      messagesPerSecond: of(({ rate }) => rate),
      shareOfSmtpSource: of(({ rate, source }) => rate / source),
      vsNodemailer: of(({ rate, nodemailer }) => rate / nodemailer.rate),
      cpuMsNodemailer: of(({ nodemailer }) => nodemailer.cpuMs),
      cpuMsFloor: of(({ floor }) => floor),
    };
    say(
      `\ncpuMsPerMessage ${result.cpuMsPerMessage} (at most 3), shareOfSmtpSource ${result.shareOfSmtpSource} (at least 0.2), vsNodemailer ${result.vsNodemailer} (at least 3)`,
    );
    if (options.json) say(JSON.stringify(result));
  } finally {
    await site.close();
    sink.stop();
  }
}

await main();
process.exit(0);
