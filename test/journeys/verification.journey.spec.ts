import { execFile, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '#kernel';
import { auditorFolder, COMMANDS, EXIT } from '../support/auditor.js';

const LIMIT_MS = 240_000;
const CLI = join(packageRoot(), 'dist/apps/cli/src/main.js');
const run = promisify(execFile);

/**
 * Without network: a namespace of its own without any active interface
 * (unshare(1)).
 */
const UNSHARED = ['unshare', '-rn'];
const mayUnshare = spawnSync('unshare', ['-rn', 'true']).status === 0;
/**
 * Where the machine forbids namespaces, each network function of Node ends the
 * program.
 */
const WALL = `
  import net from 'node:net'; import dgram from 'node:dgram'; import dns from 'node:dns';
  const refuse = () => { process.stderr.write('The network was asked for.\\n'); process.exit(97); };
  net.Socket.prototype.connect = refuse; dgram.Socket.prototype.send = refuse; dgram.Socket.prototype.bind = refuse;
  for (const name of Object.keys(dns)) if (typeof dns[name] === 'function') { dns[name] = refuse; }
`;

interface Outcome {
  readonly code: number;
  readonly said: string;
}

let folder: string;
let listening: Server;
beforeAll(async () => {
  folder = await auditorFolder();
  writeFileSync(join(folder, 'wall.mjs'), WALL);
  listening = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  if (!mayUnshare)
    process.stderr.write(
      '\nNO NAMESPACE: this machine does not permit "unshare -rn", so the network is shut within Node only. Run this test where it is permitted.\n\n',
    );
}, LIMIT_MS);
afterAll(() => {
  listening.close();
  rmSync(folder, { recursive: true });
});

/** Runs Node in the auditor's folder without network. */
async function offline(args: readonly string[], inNamespace = mayUnshare): Promise<Outcome> {
  const wall = inNamespace ? [] : ['--import', join(folder, 'wall.mjs')];
  const [command = '', ...rest] = [...(inNamespace ? UNSHARED : []), process.execPath, ...wall, ...args];
  const environment = { PATH: process.env['PATH'], HOME: folder };
  try {
    const { stdout, stderr } = await run(command, rest, { cwd: folder, env: environment });
    return { code: 0, said: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

describe(`the built throughline verify, with the network off (${mayUnshare ? 'unshare -rn' : 'NO NAMESPACE: within Node only'})`, () => {
  it('is started where nothing can be reached', async () => {
    const { port } = listening.address() as AddressInfo;
    const ask = `require('node:net').connect(${port}, '127.0.0.1').on('connect', () => process.exit(0)).on('error', () => process.exit(98))`;
    expect(spawnSync(process.execPath, ['-e', ask]).status).toBe(0);
    if (mayUnshare) expect((await offline(['-e', ask])).code).toBe(98);
    expect((await offline(['-e', ask], false)).code).toBe(97);
  });

  it.each(COMMANDS)('says what the page says of: $line', async ({ file, papers, verdict, detail }) => {
    const options = papers.flatMap(([name, path]) => [`--${name}`, path]);
    const { code, said } = await offline([CLI, 'verify', file, ...options]);
    expect([code, said]).toEqual([EXIT[verdict], expect.any(String)]);
    if (verdict === 'intact') expect(said).toMatch(new RegExp(`^intact ${file}`, 'm'));
    if (verdict === 'broken') expect(said).toContain(detail);
  });

  it.each([
    ['changed.eml', ['part, line', 'byte', 'lock:     legal', 'expected:', 'found:']],
    ['changed.html', ['part, line', 'byte', 'lock:     legal', 'expected:', 'found:']],
    ['changed.pdf', ['byte']],
    ['changed.png', ['pixel']],
  ])('says where %s was changed, and which lock that is', async (file, words) => {
    const { code, said } = await offline([CLI, 'verify', file, '--manifest', 'manifest.json', '--key', 'keys.json']);
    expect(code).toBe(1);
    expect(said).toContain(`BROKEN ${file}`);
    for (const word of words) expect(said).toContain(word);
  });
});
