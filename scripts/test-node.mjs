#!/usr/bin/env node
/**
 * Runs tests on another version of Node, which it downloads from the npm
 * registry (packages `node-<platform>-<arch>`) into node_modules/.cache/node.
 *
 *   npm run test:node -- 22                     domain, database, API and journey suites
 *   npm run test:node -- 24 --only domain       arguments of `npm test`
 *   npm run test:node -- 22 jest <arguments>    some suites only
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fail, root } from './setup.mjs';

const [major = '', ...rest] = process.argv.slice(2);
if (!/^\d+$/.test(major)) fail('Name a major version of Node: npm run test:node -- 22');

/** @returns the path of the newest binary of the major version. */
function downloadNode() {
  const folder = join(root, 'node_modules/.cache/node', major);
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const binary = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  // A folder of its own: npm would otherwise change the packages of this one.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  process.stdout.write(`  Downloading Node ${major} …\n`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${major}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  return binary;
}

const node = downloadNode();
const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
process.stdout.write(`\nTests on Node ${version}\n`);

const jest = ['--experimental-vm-modules', join(root, 'node_modules/jest/bin/jest.js')];
const suites = rest.length === 0 ? ['--only', 'domain,database,api,journeys'] : rest;
const args = rest[0] === 'jest' ? [...jest, ...rest.slice(1)] : [join(root, 'scripts/test.mjs'), ...suites];
const { status } = spawnSync(node, args, {
  cwd: root,
  stdio: 'inherit',
  // Processes that the tests start by the name `node` have the same version.
  env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
});
process.exitCode = status ?? 1;
