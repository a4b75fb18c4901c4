import { createRequire } from 'node:module';
import { posix } from 'node:path';
import { walk } from './source.mjs';

const ts = createRequire(import.meta.url)('typescript');

export const isDynamicImport = (node) =>
  ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;

/**
 * Names that a file imports from a lib's `index.ts`, as [lib, name]; `*` for
 * all.
 */
function frontDoorImports({ path, tree }) {
  const found = [];
  walk(tree, (node) => {
    const isImport = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
    const specifier = isImport ? node.moduleSpecifier : importTypeOrCall(node);
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return;
    const lib = libOf(path, specifier.text);
    if (lib !== undefined) for (const name of importedNames(node)) found.push([lib, name]);
  });
  return found;
}

function importTypeOrCall(node) {
  if (isDynamicImport(node)) return node.arguments[0];
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal;
  return undefined;
}

function importedNames(node) {
  if (ts.isImportTypeNode(node)) return [node.qualifier?.getText() ?? '*'];
  const bindings = isDynamicImport(node)
    ? destructuredIn(node)
    : (node.importClause?.namedBindings ?? node.exportClause);
  if (bindings === undefined || bindings.elements === undefined) return ['*'];
  return bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
}

/** The pattern of `const { a, b } = await import('#lib')`. */
function destructuredIn(call) {
  const declaration = call.parent.parent;
  const isConst = ts.isAwaitExpression(call.parent) && ts.isVariableDeclaration(declaration);
  return isConst && ts.isObjectBindingPattern(declaration.name) ? declaration.name : undefined;
}

function libOf(path, specifier) {
  const [, lib] = /^#([^/]+)$/.exec(specifier) ?? [];
  if (lib !== undefined) return lib;
  if (!specifier.startsWith('.')) return undefined;
  const target = posix.join(posix.dirname(path), specifier);
  return /^libs\/([^/]+)\/src\/index(\.js|\.ts)?$/.exec(target)?.[1];
}

/**
 * Names that `libs/<lib>/src/index.ts` exports and no other lib or app imports.
 * @param files result of `readSources`.
 * @returns `unused`: names that nothing imports;
 *   `testOnly`: names that only tests and benches import.
 *   Each is "<lib> <name>".
 */
export function unusedExports({ sources, tests }) {
  const namesUsedIn = (files) =>
    new Set(
      files.flatMap((file) =>
        frontDoorImports(file)
          .filter(([lib]) => !file.path.startsWith(`libs/${lib}/`))
          .map(([lib, name]) => `${lib} ${name}`),
      ),
    );
  const [used, usedByTests] = [namesUsedIn(sources), namesUsedIn(tests)];
  const idle = [];
  for (const { path, tree } of sources) {
    const [, lib] = /^libs\/([^/]+)\/src\/index\.ts$/.exec(path) ?? [];
    if (lib === undefined || used.has(`${lib} *`)) continue;
    walk(tree, (node) => {
      if (ts.isExportSpecifier(node) && !used.has(`${lib} ${node.name.text}`)) idle.push(`${lib} ${node.name.text}`);
    });
  }
  const isTested = (entry) => usedByTests.has(entry) || usedByTests.has(`${entry.split(' ')[0]} *`);
  return { unused: idle.filter((name) => !isTested(name)), testOnly: idle.filter(isTested) };
}
