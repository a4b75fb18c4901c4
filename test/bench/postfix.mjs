import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, connect } from 'node:net';

const [SINK, SOURCE] = ['/usr/sbin/smtp-sink', '/usr/sbin/smtp-source'];

/** smtp-sink and smtp-source are part of Debian's postfix: the fastest pair that is not our own. */
export function providePostfix() {
  if (existsSync(SINK) && existsSync(SOURCE)) return;
  if (process.getuid?.() === 0)
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'postfix'], {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  if (!existsSync(SINK)) throw new Error('Please install smtp-sink and smtp-source: sudo apt-get install postfix');
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** A server that accepts and discards every mail. */
export async function startSink() {
  const port = await freePort();
  // It refuses to run as root.
  const account = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn(SINK, [...account, `127.0.0.1:${port}`, '1000'], { stdio: 'ignore' });
  for (let left = 100; left > 0; left--) {
    const up = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(socket.destroy() && true));
      socket.once('error', () => resolve(false));
    });
    if (up) return { port, url: `smtp://127.0.0.1:${port}`, stop: () => child.kill('SIGKILL') };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('smtp-sink did not start.');
}

/** @returns messages per second of smtp-source, which repeats one prepared message. */
export function runSource(port, { messages, bytes, sessions }) {
  const began = process.hrtime.bigint();
  const args = ['-s', sessions, '-m', messages, '-l', bytes, '-f', 'a@sender.example', '-t', 'b@customer.example'];
  const { status } = spawnSync(SOURCE, [...args.map(String), `127.0.0.1:${port}`], { stdio: 'ignore' });
  if (status !== 0) throw new Error('smtp-source failed.');
  return messages / (Number(process.hrtime.bigint() - began) / 1e9);
}
