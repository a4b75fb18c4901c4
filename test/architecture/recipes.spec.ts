import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';

const root = packageRoot();
const PAGE = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

/** The recipes of CONTRIBUTING.md: heading and the paths in backticks below it. */
const RECIPES = new Map(
  PAGE.split(/^### /m)
    .slice(1)
    .map((part) => {
      const [title = '', ...lines] = part.split('\n');
      const body = lines.join('\n').split(/^## /m)[0] ?? '';
      return [title, [...body.matchAll(/`((?:libs|apps|test|docs|scripts)\/[^`\s<]+)`/g)].map(([, path = '']) => path)];
    }),
);

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(?:spec|fixture)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

const withoutComments = (code: string): string => code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

/** Source files whose code matches a pattern. */
const filesWith = (pattern: RegExp): string[] =>
  [...sources('libs'), ...sources('apps')]
    .filter((path) => pattern.test(withoutComments(readFileSync(join(root, path), 'utf8'))))
    .sort();

describe('the recipes of CONTRIBUTING.md', () => {
  it('cover tactic and step types, webhook events, screens, languages, jobs, libs, connectors and releases', () => {
    expect([...RECIPES.keys()]).toEqual([
      'A tactic type',
      'A sequence step type',
      'A webhook event',
      'A screen',
      'A language',
      'A job',
      'A lib',
      'An external connector',
      'A release',
    ]);
  });

  it.each([...RECIPES])('name only paths that exist: %s', (_, paths) => {
    expect(paths.length).toBeGreaterThan(2);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('list every file that handles tactic types one by one', () => {
    // MJML has a component mj-social.
    expect(RECIPES.get('A tactic type')).toEqual(expect.arrayContaining(filesWith(/(?<!mj-)\bsocial\b/)));
  });

  it('list every migration that allows tactic types one by one', () => {
    const folder = 'libs/database/migrations';
    const migrations = readdirSync(join(root, folder))
      .map((name) => `${folder}/${name}`)
      .filter((path) => /'social'/.test(readFileSync(join(root, path), 'utf8')));
    expect(migrations.length).toBeGreaterThan(0);
    expect(RECIPES.get('A tactic type')).toEqual(expect.arrayContaining(migrations));
  });

  it('list every file that handles step types one by one', () => {
    const [oneAction, another] = [filesWith(/\bcreateLead\b/), filesWith(/\bwebhook\b/)];
    const actions = oneAction.filter((path) => another.includes(path));
    const choices = filesWith(/\bkind\)? [!=]== 'until'/);
    expect(RECIPES.get('A sequence step type')).toEqual(expect.arrayContaining([...actions, ...choices]));
  });
});
