import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, posix, relative } from 'node:path';
import { crossSchemaReads } from './cross-schema-reads.mjs';
import { isDynamicImport, unusedExports } from './front-doors.mjs';
import { commentLines, lineCount, readSources, walk } from './source.mjs';

const ts = createRequire(import.meta.url)('typescript');

const DIALECT = /\b(whoever|whom|nobody|somebody|everybody)\b/gi;
const VAGUE_METHODS = ['of', 'take', 'keep', 'note', 'write', 'tell'];
const MAX_PARAMETERS = 8;
const MAX_FUNCTION_LINES = 40;
const MAX_LINE = 160;

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const inPortal = ({ path }) => path.startsWith('apps/portal/');
/**
 * Data of other projects and texts for users are not counted as lines of code.
 */
const isDataOrText = ({ path }) => /\/locales\/|\.data\.ts$/.test(path);

/**
 * @param share between 0 and 1.
 * @returns the number below which that share of the numbers lies.
 */
function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Counts the nodes of all files that a test is true of. */
function countNodes(files, test) {
  let count = 0;
  for (const { tree } of files)
    walk(tree, (node) => {
      if (test(node)) count += 1;
    });
  return count;
}

function commentFigures(sources) {
  const lines = sources.flatMap((file) => commentLines(file));
  const lengths = (part) => lines.map((line) => line[part].length).sort((a, b) => a - b);
  const [text, raw] = [lengths('text'), lengths('raw')];
  return {
    'comment lines, text only: median': percentile(text, 0.5),
    'comment lines, text only: p90': percentile(text, 0.9),
    'comment lines, text only: longest': text.at(-1) ?? 0,
    'comment lines, raw: median': percentile(raw, 0.5),
    'comment lines, raw: p90': percentile(raw, 0.9),
    'comment lines, raw: longest': raw.at(-1) ?? 0,
    'comment lines, raw: over 100': raw.filter((length) => length > 100).length,
  };
}

function constructorFigures(sources) {
  const counts = [];
  for (const { tree } of sources)
    walk(tree, (node) => {
      if (ts.isConstructorDeclaration(node) && node.body !== undefined) counts.push(node.parameters.length);
    });
  return {
    'constructor parameters: most': Math.max(...counts),
    [`constructors with more than ${MAX_PARAMETERS} parameters`]: counts.filter((count) => count > MAX_PARAMETERS)
      .length,
  };
}

const isFunction = (node) => ts.isFunctionLike(node) && node.body !== undefined;
const isLongFunction = (node) => isFunction(node) && lineCount(node) > MAX_FUNCTION_LINES;

/**
 * @returns files that a portal file imports by relative path, from the root,
 *   without extension.
 */
function relativeImports({ path, tree }) {
  const found = [];
  walk(tree, (node) => {
    const isImport = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
    const specifier = isImport ? node.moduleSpecifier : isDynamicImport(node) ? node.arguments[0] : undefined;
    if (specifier === undefined || !ts.isStringLiteral(specifier) || !specifier.text.startsWith('.')) return;
    found.push(posix.join(posix.dirname(path), specifier.text));
  });
  return found;
}

/**
 * Layer of a portal file: 0 for `shared`, 1 for `features`, 2 for `app` and
 * other files.
 */
function layerOf(path) {
  const [, folder = ''] = /^apps\/portal\/src\/([^/]+)\//.exec(path) ?? [];
  return { shared: 0, locales: 0, features: 1 }[folder] ?? 2;
}

const featureOf = (path) => /^apps\/portal\/src\/features\/([^/]+)/.exec(path)?.[1];

/**
 * Portal imports that go up a layer, or from one feature to another.
 * Imports of texts and styles do not count.
 */
function wrongImports(sources) {
  return sources.filter(inPortal).flatMap((file) =>
    relativeImports(file).filter((target) => {
      if (layerOf(target) > layerOf(file.path)) return true;
      return layerOf(target) === 1 && layerOf(file.path) === 1 && featureOf(target) !== featureOf(file.path);
    }),
  ).length;
}

const isVagueMethod = (node) =>
  (ts.isMethodDeclaration(node) || ts.isMethodSignature(node)) &&
  ts.isIdentifier(node.name) &&
  VAGUE_METHODS.includes(node.name.text);

const isIdCast = (node) =>
  ts.isAsExpression(node) && ts.isTypeReferenceNode(node.type) && /^[A-Z]\w*Id$/.test(node.type.getText());

const isFoldedLiteral = (node) =>
  (ts.isSpreadAssignment(node) && ts.isObjectLiteralExpression(node.expression)) ||
  (ts.isSpreadElement(node) && ts.isArrayLiteralExpression(node.expression));

const KINDS = [
  ['browser', /^test\/browser\//],
  ['api', /^test\/(api|groups\/api-)/],
  ['journeys', /^test\/(journeys|faults)\//],
  ['golden', /^test\/golden\//],
  ['architecture', /^test\/architecture\//],
  ['database', /\.db\.spec\.ts$|^test\/groups\/database-/],
  ['domain', /\.spec\.ts$/],
];

/**
 * @returns seconds of all suites by kind, from the last `npm test`; empty
 *   without a report.
 */
function suiteFigures(root) {
  const report = join(root, 'test-output/jest.json');
  if (!existsSync(report)) return {};
  const seconds = new Map(KINDS.map(([kind]) => [kind, 0]));
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  for (const { name, startTime, endTime } of testResults) {
    const path = relative(root, name).replaceAll('\\', '/');
    const [kind] = KINDS.find(([, pattern]) => pattern.test(path)) ?? ['domain'];
    seconds.set(kind, (seconds.get(kind) ?? 0) + (endTime - startTime) / 1000);
  }
  const all = Math.round(sum([...seconds.values()]));
  const byKind = [...seconds].map(([kind, value]) => [`seconds of suites: ${kind}`, Math.round(value)]);
  return { ...Object.fromEntries(byKind), 'seconds of suites: all': all };
}

/**
 * Measures one checkout.
 * @param root its folder.
 * @returns figure → number, in the order of the table.
 */
export function measure(root) {
  const all = readSources(root);
  const { texts, sources } = all;
  const { unused, testOnly } = unusedExports(all);
  const code = sources.filter((file) => !isDataOrText(file));
  return {
    'words whoever, whom, nobody, somebody, everybody': sum(texts.map(({ text }) => text.match(DIALECT)?.length ?? 0)),
    ...commentFigures(code),
    ...constructorFigures(sources),
    [`portal: functions over ${MAX_FUNCTION_LINES} lines`]: countNodes(sources.filter(inPortal), isLongFunction),
    [`libs and other apps: functions over ${MAX_FUNCTION_LINES} lines`]: countNodes(
      sources.filter((file) => !inPortal(file)),
      isLongFunction,
    ),
    [`lines over ${MAX_LINE} characters`]: sum(
      code.map(({ text }) => text.split('\n').filter((line) => line.length > MAX_LINE).length),
    ),
    'portal: imports against the direction': wrongImports(sources),
    "reads of another lib's schema": crossSchemaReads(root, sources).length,
    'exports of front doors that nothing imports': unused.length,
    'exports of front doors that only tests import': testOnly.length,
    [`methods named ${VAGUE_METHODS.join(', ')}`]: countNodes(sources, isVagueMethod),
    'apps/api: casts to an id': countNodes(
      sources.filter(({ path }) => path.startsWith('apps/api/')),
      isIdCast,
    ),
    'spreads of literals': countNodes(sources, isFoldedLiteral),
    ...suiteFigures(root),
  };
}
