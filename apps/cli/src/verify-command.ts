import { readFile } from 'node:fs/promises';
import { DomainError } from '#kernel';
import { type Evidence, type FileVerdict, type Finding, readKeys, verifyFile } from '#seal';
import { CommandFailure } from './command-failure.js';
import type { Print } from './commands.js';

/** Files as they were downloaded. */
export interface EvidenceFiles {
  readonly manifest: string;
  readonly key: string;
  readonly seal?: string;
  readonly receipt?: string;
}

/**
 * Error codes with exit code 1: the evidence contradicts itself. Other codes
 * mean that it cannot be read (2).
 */
const WRONG = ['seal.signature-wrong', 'seal.manifest-broken', 'seal.other-manifest', 'seal.other-activation'];

/**
 * Verifies a copy on this machine, without any network access.
 * @throws CommandFailure with exit code 1 if the copy is broken, 2 if it cannot
 *   be verified.
 */
export async function verify(file: string, files: EvidenceFiles, print: Print): Promise<void> {
  const bytes = await read(file);
  const evidence = await readEvidence(files);
  const verdict = verdictOn(bytes, evidence);
  for (const line of linesOf(file, verdict)) print(line);
  if (verdict.finding !== null) throw new CommandFailure(`${file} is not what was published.`, 1);
}

async function readEvidence({ manifest, key, seal, receipt }: EvidenceFiles): Promise<Evidence> {
  return {
    manifest: await readJson(manifest),
    keys: guarded(readKeys, (await read(key)).toString(), `${key}: `),
    ...(seal === undefined ? {} : { seal: await readJson(seal) }),
    ...(receipt === undefined ? {} : { receipt: await readJson(receipt) }),
  };
}

function verdictOn(bytes: Buffer, evidence: Evidence): FileVerdict {
  return guarded((given: Evidence) => verifyFile(bytes, given), evidence);
}

/** Turns a refusal of the evidence into a command failure. */
function guarded<In, Out>(work: (given: In) => Out, given: In, where = ''): Out {
  try {
    return work(given);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new CommandFailure(`${where}${error.message}`, WRONG.includes(error.code) ? 1 : 2);
  }
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch {
    throw new CommandFailure(`${path} cannot be read. Check the path.`);
  }
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse((await read(path)).toString());
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(`${path} is not JSON. Download it again.`);
  }
}

function linesOf(file: string, { finding, of, locks, notes }: FileVerdict): string[] {
  const copy = of === null ? '' : `: ${of}`;
  if (finding !== null) return [`BROKEN ${file}${copy}`, ...findingLines(finding), ...notes.map((note) => `  ${note}`)];
  const intact = locks.length === 0 ? [] : [`  Locks intact: ${locks.join(', ')}, and all copy between the slots.`];
  return [`intact ${file}${copy}`, ...intact, ...notes.map((note) => `  ${note}`)];
}

function findingLines({ part, lock, line, offset, expected, found, message, remedy, code }: Finding): string[] {
  const place = offset === null ? '' : `, line ${line ?? 1}, byte ${offset}`;
  return [
    `  ${part === 'file' ? 'file' : `${part} part`}${place}: ${message} [${code}]`,
    ...(lock === null ? [] : [`  lock:     ${lock}`]),
    ...(expected === '' ? [] : [`  expected: ${JSON.stringify(expected)}`]),
    ...(found === '' && expected === '' ? [] : [`  found:    ${JSON.stringify(found)}`]),
    `  ${remedy}`,
  ];
}
