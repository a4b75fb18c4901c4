import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import jestConfig from '../../jest.config.mjs';

const root = packageRoot();
const SPECS = ['apps', 'libs', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.spec.ts'))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`),
);
/** Sections in order; commands in paragraphs are wrapped. */
const SECTIONS = readFileSync(join(root, 'docs/figures.md'), 'utf8')
  .split(/^## /m)
  .map((section) => ({ title: section.split('\n', 1)[0], text: section.replaceAll('\n', ' ') }));
const COMMAND = /`[^`|]*--testPathPatterns (?<pattern>[^\s`]+)[^`|]*`/g;
const COMMANDS = SECTIONS.flatMap(({ text }, section) =>
  [...text.matchAll(COMMAND)].map(([command, pattern = '']) => ({ command, pattern, section })),
);

/** A glob of Jest's configuration, as far as it is used there. */
const asPattern = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replace('<rootDir>/', '')
      .replaceAll('.', '\\.')
      .replaceAll(/\{(.*?)\}/g, (_, names: string) => `(${names.replaceAll(',', '|')})`)
      .replaceAll('**/', '(.+/)?')
      .replaceAll('*', '[^/]*')}$`,
  );
const suitesOf = (project: string | undefined, pattern: string): string[] =>
  jestConfig.projects
    .filter(({ displayName }) => project === undefined || displayName === project)
    .flatMap(({ testMatch, testPathIgnorePatterns }) =>
      SPECS.filter(
        (path) =>
          new RegExp(pattern).test(path) &&
          testMatch.some((glob) => asPattern(glob).test(path)) &&
          !testPathIgnorePatterns.some((ignored) => new RegExp(ignored).test(`/${path}`)),
      ),
    );

describe('the commands of docs/figures.md', () => {
  it('are found', () => {
    expect(COMMANDS.length).toBeGreaterThan(20);
    expect(suitesOf('api', 'partners-at-scale')).toEqual([]);
  });

  it('name a suite that there is in the project that they name, and a test of it', () => {
    const wrong = COMMANDS.filter(({ command, pattern }) => {
      const suites = suitesOf(/--selectProjects (\w+)/.exec(command)?.[1], pattern);
      const test = / -t '?([^'`]+)/.exec(command)?.[1] ?? '';
      return !suites.some((path) => readFileSync(join(root, path), 'utf8').includes(test));
    });
    expect(wrong).toEqual([]);
  });

  // A replacement in the whole page once gave rows of three other sections the command of partner groups.
  it('name one suite in one section, or in sections beside each other', () => {
    const sectionsOf = new Map<string, Set<number>>();
    for (const { pattern, section } of COMMANDS)
      sectionsOf.set(pattern, (sectionsOf.get(pattern) ?? new Set()).add(section));
    const apart = [...sectionsOf].filter(
      ([, sections]) => Math.max(...sections) - Math.min(...sections) >= sections.size,
    );
    expect(apart.map(([pattern, sections]) => [pattern, ...[...sections].map((at) => SECTIONS[at]?.title)])).toEqual(
      [],
    );
  });

  it.each(SECTIONS.flatMap(({ title, text }) => (/\| (?:as|see) above \|/.test(text) ? title : [])))(
    'are given above the rows of %s that refer to it',
    (title) => {
      const { text = '' } = SECTIONS.find((section) => section.title === title) ?? {};
      expect(text.slice(0, text.indexOf('| figure |'))).toMatch(/`[^`]*(?:npm|node) [^`]+`/);
    },
  );
});
