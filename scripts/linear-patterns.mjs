#!/usr/bin/env node
/**
 * Part of `npm run check`: every regular expression of the product and its
 * scripts takes linear time (recheck, https://makenowjust-labs.github.io/recheck).
 * `linear-patterns.json` keeps the verdicts, because one takes up to seconds
 * of fuzzing, and a verdict that misses a time limit depends on the machine.
 * Expressions that are put together at run time are in "built", each with the
 * reason why it is linear.
 * `-- --write` examines new patterns and removes those that are gone.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from 'recheck';
import { readPatterns } from './measure/patterns.mjs';
import { fail, root } from './setup.mjs';

const path = join(root, 'scripts/linear-patterns.json');
const UPDATE = 'npm run check:patterns -- --write';
/** Most patterns take under 0.1 s, the slowest about 5 s. */
const TIMEOUT_MS = 60_000;

/** Lengths of an attack. A quadratic pattern takes seconds at the last one, a linear one 5 ms. */
const REPETITIONS = [100, 1_000, 10_000, 100_000];
const SLOW_MS = 50;

/**
 * recheck's fuzzer counts the steps of its own engine, and reports patterns
 * that V8 ends early, such as those that begin with a lookbehind.
 * @returns whether V8 is slow on the attack that was found.
 */
function isSlow({ source, flags }, { pumps, suffix }) {
  const pattern = new RegExp(source, flags);
  return REPETITIONS.some((count) => {
    const text = pumps.map(({ prefix, pump }) => prefix + pump.repeat(count)).join('') + suffix;
    const startedAt = performance.now();
    text.match(pattern);
    return performance.now() - startedAt > SLOW_MS;
  });
}

/** @returns null for a linear pattern, else what is wrong with it. */
async function fault({ source, flags }) {
  const verdict = await check(source, flags, { timeout: TIMEOUT_MS });
  if (verdict.status === 'safe') return null;
  if (
    verdict.status === 'vulnerable' &&
    verdict.complexity.type === 'polynomial' &&
    !isSlow({ source, flags }, verdict.attack)
  )
    return null;
  if (verdict.status === 'vulnerable') return `${verdict.complexity.summary}, for example on ${verdict.attack.pattern}`;
  return `not decided in ${TIMEOUT_MS / 1000} s: simplify it, or add it to "undecided" in ${path} with the reason why it is linear`;
}

const { patterns, built } = readPatterns(root);
const { linear, undecided, built: reasons } = JSON.parse(readFileSync(path, 'utf8'));
const known = new Set([...linear, ...Object.keys(undecided)]);
const added = [...patterns].filter(([text]) => !known.has(text));
const gone = [
  ...[...known].filter((text) => !patterns.has(text)),
  ...Object.keys(reasons).filter((expression) => !built.has(expression)),
];
const isWriting = process.argv.includes('--write');
const unexplained = [...built].filter((expression) => !(expression in reasons));
const isBuilt = ([expression]) => built.has(expression);

if (unexplained.length > 0)
  fail(
    `Regular expressions that are put together at run time. Write each into "built" in ${path}, with the reason why it is linear:\n${unexplained.map((one) => `  ${one}`).join('\n')}`,
  );
if (!isWriting && (added.length > 0 || gone.length > 0)) {
  const lines = [
    ...added.map(([text, pattern]) => `  new in ${pattern.file}: ${text}`),
    ...gone.map((text) => `  gone: ${text}`),
  ];
  fail(`scripts/linear-patterns.json does not have the patterns of the sources. Run ${UPDATE}.\n${lines.join('\n')}`);
}

if (isWriting) {
  const faults = [];
  for (const [text, pattern] of added) {
    const problem = await fault(pattern);
    if (problem === null) linear.push(text);
    else faults.push(`  ${pattern.file}: ${text}\n    ${problem}`);
  }
  const isThere = (text) => patterns.has(text);
  const verdicts = {
    linear: linear.filter(isThere).sort(),
    undecided: Object.fromEntries(Object.entries(undecided).filter(([text]) => isThere(text))),
    built: Object.fromEntries(Object.entries(reasons).filter(isBuilt)),
  };
  writeFileSync(path, `${JSON.stringify(verdicts, null, 2)}\n`);
  if (faults.length > 0) fail(`Patterns that are not linear:\n${faults.join('\n')}`);
}
