import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { DkimSigner, serverOf, SmtpTransport } from '#mailer';

/**
 * The minimum cost of a message with the same promises: a finished mail is hashed and signed
 * twice
 * (DKIM, receipt), submitted by the product's SMTP session, and has two rows that are durable
 * before and after. Nothing is built, verified, claimed or written to a journal.
 * A separate process. Prints messages per second, and its CPU milliseconds per message.
 */
const [, , port, keyFile, sampleFile, count, sessions, databaseUrl] = process.argv;
const MESSAGES = Number(count);
const CHUNK = 100;
const raw = Buffer.from(JSON.parse(readFileSync(sampleFile, 'utf8')).raw, 'latin1');
const body = raw.subarray(raw.indexOf('\r\n\r\n') + 4);
const { privateKey: receipts } = generateKeyPairSync('ed25519');
const dkim = new DkimSigner({
  domain: 'mail.throughline.example',
  selector: 'throughline',
  privateKeyPem: readFileSync(keyFile, 'utf8'),
});
const transport = new SmtpTransport({ server: serverOf(`smtp://127.0.0.1:${port}`), connections: Number(sessions) });
const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
await pool.query('CREATE TABLE IF NOT EXISTS floor_message (id uuid PRIMARY KEY, state text NOT NULL, hash text)');
await pool.query('CREATE TABLE IF NOT EXISTS floor_step (id uuid PRIMARY KEY, receipt text NOT NULL)');

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

async function chunk() {
  const made = Array.from({ length: CHUNK }, () => ({ id: randomUUID(), hashes: [sha256(raw), sha256(body)] }));
  const signed = made.map(({ id, hashes }) => sign(null, Buffer.from(`${id}${hashes}`), receipts).toString('base64'));
  const ids = made.map(({ id }) => id);
  await pool.query(
    `WITH m AS (INSERT INTO floor_message SELECT unnest($1::uuid[]), 'releasing') INSERT INTO floor_step SELECT * FROM unnest($1::uuid[], $2::text[])`,
    [ids, signed],
  );
  const outcomes = await Promise.all(
    ids.map(async (id) =>
      transport.submit(
        { from: `b-${id}@mail.throughline.example`, to: 'person@customer.example', vendorId: id },
        await dkim.signed(raw, new Date()),
      ),
    ),
  );
  if (outcomes.some(({ kind }) => kind !== 'accepted')) throw new Error('The sink refused a message.');
  await pool.query(
    `UPDATE floor_message m SET state = 'accepted', hash = d.hash FROM unnest($1::uuid[], $2::text[]) d (id, hash) WHERE m.id = d.id`,
    [ids, made.map(({ hashes }) => hashes[0])],
  );
}

const began = process.hrtime.bigint();
const before = process.cpuUsage();
let left = MESSAGES / CHUNK;
await Promise.all(
  Array.from({ length: 3 }, async () => {
    while (left-- > 0) await chunk();
  }),
);
const { user, system } = process.cpuUsage(before);
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
process.stdout.write(JSON.stringify({ rate: MESSAGES / seconds, cpuMs: (user + system) / 1000 / MESSAGES }));
process.exit(0);
