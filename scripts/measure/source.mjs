import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const ts = createRequire(import.meta.url)('typescript');

const TEST_FILE = /\.(spec|fixture)\.tsx?$/;

/**
 * @returns the paths below `root` that git tracks or would add, with `/`
 *   between folders.
 */
export function paths(root, patterns) {
  const output = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', ...patterns], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(output.split('\n'))].filter((path) => path !== '' && existsSync(join(root, path)));
}

/**
 * Reads the sources of `libs` and `apps` once.
 * @param root folder of a checkout.
 * @returns `texts`: every .ts, .tsx, .json and .sql file as { path, text },
 *   without specs and fixtures; `sources`: those of them that are TypeScript,
 *   with `tree` (a ts.SourceFile with parents); `tests`: specs, fixtures and
 *   the files of `test`, as { path, text, tree }.
 */
export function readSources(root) {
  const read = (path) => ({ path, text: readFileSync(join(root, path), 'utf8') });
  const parse = (file) => ({
    ...file,
    tree: ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true, kindOf(file.path)),
  });
  const all = paths(root, ['libs', 'apps']).filter((path) => /\.(ts|tsx|json|sql)$/.test(path));
  const isTest = (path) => TEST_FILE.test(path);
  const texts = all.filter((path) => !isTest(path)).map(read);
  const sources = texts.filter(({ path }) => /\.tsx?$/.test(path)).map(parse);
  const testPaths = [...all.filter(isTest), ...paths(root, ['test']).filter((path) => /\.(ts|mjs)$/.test(path))];
  return { texts, sources, tests: testPaths.map(read).map(parse) };
}

const kindOf = (path) => (path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);

/** Calls `see` with every node of a file, the file's own node first. */
export function walk(tree, see) {
  const visit = (node) => {
    see(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
}

/** @returns the number of lines of a node, with its first and last. */
export function lineCount(node) {
  const tree = node.getSourceFile();
  const line = (position) => tree.getLineAndCharacterOfPosition(position).line;
  return line(node.getEnd()) - line(node.getStart()) + 1;
}

/**
 * @returns the lines of all comments of a file, as { raw, text }.
 *   `raw` is the whole line, `text` the comment's words without marks.
 *   Lines without words are omitted.
 */
export function commentLines({ text, tree }) {
  const ranges = new Map();
  const collect = (found) => {
    for (const range of found ?? []) ranges.set(range.pos, range.end);
  };
  const visit = (node) => {
    if (node.kind === ts.SyntaxKind.JsxText) return;
    if (node.kind < ts.SyntaxKind.FirstNode) {
      collect(ts.getLeadingCommentRanges(text, node.pos));
      if (node.end < text.length) collect(ts.getTrailingCommentRanges(text, node.end));
    }
    for (const child of node.getChildren(tree)) if (!ts.isJSDoc(child)) visit(child);
  };
  visit(tree);
  return [...ranges].flatMap(([start, end]) => linesOf(text, start, end)).filter((line) => line.text !== '');
}

function linesOf(text, start, end) {
  const lines = [];
  for (let from = start; from < end;) {
    const newline = text.indexOf('\n', from);
    const lineEnd = newline === -1 ? text.length : newline;
    const words = text.slice(from, Math.min(lineEnd, end));
    lines.push({
      raw: text.slice(text.lastIndexOf('\n', from - 1) + 1, lineEnd),
      text: words
        .trim()
        .replace(/^(\/\*\*?|\/\/|\*(?!\/))\s?/, '')
        .replace(/(?<!\s)\s*\*\/$/, '')
        .trim(),
    });
    from = lineEnd + 1;
  }
  return lines;
}
