import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';

/**
 * The usual way: nodemailer's pool, MIME and DKIM, without a ledger.
 * A separate process, so that nothing else is counted.
 * Prints messages per second, and CPU milliseconds per message.
 */
const [, , port, keyFile, sampleFile, messages, sessions] = process.argv;
const { html, text } = JSON.parse(readFileSync(sampleFile, 'utf8'));
const pool = createTransport({
  pool: true,
  host: '127.0.0.1',
  port: Number(port),
  secure: false,
  ignoreTLS: true,
  maxConnections: Number(sessions),
  maxMessages: Infinity,
  dkim: {
    domainName: 'mail.throughline.example',
    keySelector: 'throughline',
    privateKey: readFileSync(keyFile, 'utf8'),
  },
});
const began = process.hrtime.bigint();
let next = 0;
async function lane() {
  while (next < Number(messages)) {
    const n = next++;
    const personal = (body) => body.replaceAll('Maya', `Maya ${n}`);
    await pool.sendMail({
      from: 'Brightwater IT <brightwater@mail.throughline.example>',
      to: `person${n}@customer.example`,
      subject: `Hello Maya ${n}`,
      html: personal(html),
      text: personal(text),
      list: { unsubscribe: { url: `https://throughline.example/u/${n}` } },
    });
  }
}
await Promise.all(Array.from({ length: Number(sessions) * 2 }, lane));
const seconds = Number(process.hrtime.bigint() - began) / 1e9;
const { user, system } = process.cpuUsage();
process.stdout.write(
  JSON.stringify({ rate: Number(messages) / seconds, cpuMs: (user + system) / 1000 / Number(messages) }),
);
pool.close();
