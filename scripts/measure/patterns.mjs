import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paths, walk } from './source.mjs';

const ts = createRequire(import.meta.url)('typescript');

/** A test's patterns read only what the test wrote. */
const isProduct = (path) => /\.(ts|tsx|mjs)$/.test(path) && !/\.(spec|fixture)\.tsx?$/.test(path);

/** The first argument of `RegExp(…)`, or null. */
function builtFrom(node) {
  const isCall = (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp';
  return isCall ? (node.arguments?.[0] ?? null) : null;
}

/** @returns source and flags of a literal or of `RegExp('…', '…')`, else null. */
function patternOf(node) {
  if (ts.isRegularExpressionLiteral(node)) {
    const end = node.text.lastIndexOf('/');
    return { source: node.text.slice(1, end), flags: node.text.slice(end + 1) };
  }
  const source = builtFrom(node);
  if (source === null || !ts.isStringLiteralLike(source)) return null;
  const flags = node.arguments[1];
  return { source: source.text, flags: flags !== undefined && ts.isStringLiteralLike(flags) ? flags.text : '' };
}

/**
 * @param root folder of a checkout.
 * @returns `patterns`: every regular expression that stands in the sources of
 *   `apps`, `libs` and `scripts`: `/source/flags` → { source, flags, file };
 *   `built`: those that are put together at run time: `file: expression`.
 */
export function readPatterns(root) {
  const [patterns, built] = [new Map(), new Set()];
  for (const file of paths(root, ['apps', 'libs', 'scripts']).filter(isProduct)) {
    const tree = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
    walk(tree, (node) => {
      const pattern = patternOf(node);
      const text = pattern === null ? '' : `/${pattern.source}/${pattern.flags}`;
      if (pattern !== null && !patterns.has(text)) patterns.set(text, { ...pattern, file });
      const from = pattern === null ? builtFrom(node) : null;
      if (from !== null) built.add(`${file}: ${from.getText().replace(/\s+/g, ' ')}`);
    });
  }
  return { patterns, built };
}
