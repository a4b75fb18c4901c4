import { spawn } from 'node:child_process';
import { newDataFolder } from './data-folder.mjs';
import { freePort } from './postgres.setup.mjs';

const STANDALONE = 'dist/apps/standalone/src/main.js';
const READY = 'Throughline is ready';

/**
 * A data folder of the built product as its first start leaves it. Publishing the seeded campaigns
 * takes most of that start: it is done once for a run, and every suite in front of a browser begins
 * with a copy.
 * @returns the folder; the caller removes it.
 * @throws Error with what the product said, where it does not come up.
 */
export async function makeSeededFolder() {
  const folder = newDataFolder('seeded');
  const ports = { port: await freePort(), 'mailbox-port': await freePort(), 'smtp-port': await freePort() };
  const flags = Object.entries({ ...ports, data: folder }).flatMap(([flag, value]) => [`--${flag}`, String(value)]);
  const server = spawn(process.execPath, [STANDALONE, ...flags], {
    env: {
      ...process.env,
      DEMO: 'fresh',
      INITIAL_HOLD_MINUTES: '0',
      LAUNCH_DELAY_MINUTES: '0',
      PUBLIC_HOLIDAYS: 'false',
    },
  });
  await new Promise((resolve, reject) => {
    let said = '';
    const hear = (words) => {
      const wasReady = said.includes(READY);
      said += words;
      // Once: a second signal ends the product before its running work.
      if (!wasReady && said.includes(READY)) server.kill('SIGINT');
    };
    server.stdout.on('data', hear);
    server.stderr.on('data', hear);
    server.on('error', reject);
    server.on('exit', (code) => {
      if (code === 0 && said.includes(READY)) resolve();
      else reject(new Error(`The product could not be seeded:\n${said}`));
    });
  });
  return folder;
}
