/**
 * Lets plain Node import the TypeScript sources, for what runs outside Jest: `import
 * './typescript.mjs'` first, then `await import('./something.ts')`. Sources name one another as
 * `.js`; `#lib` leads to a lib's source, not to its build.
 */
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import swc from '@swc/core';
import { SWC_OPTIONS } from '../../scripts/swc-options.mjs';

// Node loads this file again in the thread in which the hooks run.
if (isMainThread) register(import.meta.url);

/** Node's hook that finds a module. */
export async function resolve(specifier, context, next) {
  const conditions = [...context.conditions, 'source'];
  const isOurs = specifier.startsWith('.') && !context.parentURL?.includes('/node_modules/');
  if (!isOurs || !specifier.endsWith('.js')) return next(specifier, { ...context, conditions });
  return next(specifier.replace(/\.js$/, '.ts'), { ...context, conditions }).catch(() => next(specifier, context));
}

/** Node's hook: what a module holds. */
export async function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await swc.transform(await readFile(filename, 'utf8'), {
    filename,
    sourceMaps: 'inline',
    ...SWC_OPTIONS,
  });
  return { format: 'module', source: code, shortCircuit: true };
}
