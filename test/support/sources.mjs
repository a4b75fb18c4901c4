import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import swc from '@swc/core';

/**
 * Imports one TypeScript source outside Jest, where no transform runs. Only for files whose own imports are packages or
 * `#kernel`'s package root.
 */
export async function importSource(path) {
  const source = await readFile(path, 'utf8');
  const { code } = await swc.transform(source, {
    filename: path,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'es6' },
  });
  return importCode(code);
}

async function importCode(code) {
  const folder = await mkdtemp(join(process.cwd(), 'node_modules', '.throughline-test-'));
  try {
    const file = join(folder, 'module.mjs');
    await writeFile(file, code.replace("from '#kernel'", "from './kernel.mjs'"));
    await writeFile(join(folder, 'kernel.mjs'), `export const packageRoot = () => ${JSON.stringify(process.cwd())};\n`);
    return await import(pathToFileURL(file).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
