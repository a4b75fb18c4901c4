import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const FOLDER = 'test-output/groups';
/** A group of more would be the last of a run, and keep one core idle. */
const MOST_IN_A_GROUP = 20;

/**
 * Writes files that import the domain suites of libs and apps, twenty each:
 * `npm test` then loads a module once for all suites of a group. A suite alone
 * spends 0.6 s of processor time on that.
 * @param root folder of the repository.
 */
export function writeDomainGroups(root) {
  const folder = join(root, FOLDER);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const suites = ['apps', 'libs'].flatMap((kind) => domainSuites(join(root, kind)));
  for (let from = 0; from < suites.length; from += MOST_IN_A_GROUP) {
    const group = suites.slice(from, from + MOST_IN_A_GROUP);
    const name = `domain-${from / MOST_IN_A_GROUP + 1}.spec.ts`;
    writeFileSync(join(folder, name), group.map((suite) => importOf(folder, suite)).join(''));
  }
}

const importOf = (folder, suite) =>
  `import '${relative(folder, suite).replaceAll('\\', '/').replace(/\.ts$/, '.js')}';\n`;

function domainSuites(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(({ name }) => name.endsWith('.spec.ts') && !name.endsWith('.db.spec.ts'))
    .map(({ name, parentPath }) => join(parentPath, name))
    .sort();
}
