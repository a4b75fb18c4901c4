import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepTaskResults } from '#subprocess';
import { until } from './until.js';

const LIMIT_MS = 240_000;

/**
 * Makes something costly once in a test run; every other suite reads it from a
 * file.
 * @param name names the file.
 * @param make returns plain values, Buffers and Maps with string keys; anything
 *   else does not survive.
 * @throws Error of `make`; the next caller then tries again.
 */
export async function onceInARun<Result>(name: string, make: () => Promise<Result>): Promise<Result> {
  const folder = process.env['THROUGHLINE_TEST_FILES'];
  if (folder === undefined) return make();
  const file = join(folder, `${name}.json`);
  const lock = `${file}.lock`;
  if (!existsSync(file) && hasTaken(lock))
    try {
      writeFileSync(`${file}.part`, JSON.stringify(await make(), encode));
      renameSync(`${file}.part`, file);
    } finally {
      rmSync(lock);
    }
  await until(() => existsSync(file) || !existsSync(lock), `${name}, which another suite makes`, LIMIT_MS);
  if (!existsSync(file)) return onceInARun(name, make);
  return JSON.parse(readFileSync(file, 'utf8'), decode) as Result;
}

/**
 * Suites of a run share what tasks made of equal inputs, as processes of an
 * installation do: a template of the shipped campaign is compiled once.
 */
export function shareTaskResults(): void {
  const folder = process.env['THROUGHLINE_TEST_FILES'];
  if (folder !== undefined) keepTaskResults(join(folder, 'task-results'), 'of this run');
}

/**
 * Whether this process is the one that makes it: only one can create the file.
 */
function hasTaken(lock: string): boolean {
  try {
    writeFileSync(lock, '', { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * `this` is the object around the value: `JSON.stringify` has called `toJSON`
 * of a Buffer already.
 */
function encode(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const raw = this[key];
  if (Buffer.isBuffer(raw)) return { $buffer: raw.toString('base64') };
  if (raw instanceof Map) return { $map: [...(raw as Map<string, unknown>)] };
  return value;
}

function decode(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$buffer' in value) return Buffer.from(String(value.$buffer), 'base64');
  if ('$map' in value) return new Map(value.$map as [string, unknown][]);
  return value;
}
