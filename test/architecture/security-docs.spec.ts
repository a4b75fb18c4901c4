import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';

const root = packageRoot();
const STATES = ['met', 'partly', 'not met', 'n/a'] as const;

/** Requirements of level 1 and 2 in each chapter of ASVS 5.0.0. */
const CHAPTERS = {
  1: 27,
  2: 11,
  3: 19,
  4: 10,
  5: 9,
  6: 35,
  7: 18,
  8: 7,
  9: 7,
  10: 29,
  11: 14,
  12: 9,
  13: 13,
  14: 9,
  15: 13,
  16: 16,
  17: 7,
} as const;

const read = (page: string): string => readFileSync(join(root, page), 'utf8');

/** Files in backticks: with a folder, or at the top of the repository. */
const filesIn = (text: string): string[] =>
  [...text.matchAll(/`([^`\s]+)`/g)]
    .map(([, name = '']) => name)
    .filter((name) =>
      /^(?:apps|docs|libs|scripts|templates|test)\/|^(?:Dockerfile|[\w.-]*\.(?:dockerignore|json|md|yml))$/.test(name),
    );

interface Requirement {
  readonly numbers: readonly string[];
  readonly state: string;
  readonly evidence: string;
}

/** Rows that begin with a number of the standard. */
const REQUIREMENTS: readonly Requirement[] = read('docs/security-asvs.md')
  .split('\n')
  .filter((line) => /^\| \d+\.\d+\.\d+/.test(line))
  .map((line) => {
    const [numbers = '', , , state = '', evidence = ''] = line.slice(2, -2).split(' | ');
    return { numbers: numbers.split(', '), state, evidence };
  });

const chapterOf = (number: string): string => number.split('.')[0] ?? '';

describe('the pages about security', () => {
  it.each(['docs/security.md', 'docs/security-asvs.md'])('name only files that exist: %s', (page) => {
    const files = filesIn(read(page));
    expect(files.length).toBeGreaterThan(30);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('have each requirement of ASVS level 1 and 2 once', () => {
    const numbers = REQUIREMENTS.flatMap((one) => one.numbers);
    expect(new Set(numbers).size).toBe(numbers.length);
    const counts = numbers
      .map(chapterOf)
      .reduce((all, one) => all.set(one, (all.get(one) ?? 0) + 1), new Map<string, number>());
    expect(Object.fromEntries(counts)).toEqual(CHAPTERS);
  });

  it('give each requirement a state, with a file where it is met', () => {
    expect(REQUIREMENTS.filter(({ state }) => !STATES.some((known) => known === state))).toEqual([]);
    const shown = REQUIREMENTS.filter(({ state }) => state === 'met' || state === 'partly');
    expect(shown.filter(({ evidence }) => filesIn(evidence).length === 0)).toEqual([]);
    expect(REQUIREMENTS.filter(({ evidence }) => evidence === '')).toEqual([]);
  });

  it('count the states of each chapter, and of all', () => {
    const counted = (chapter: string | null): string => {
      const states = REQUIREMENTS.flatMap(({ numbers, state }) =>
        numbers.filter((number) => chapter === null || chapterOf(number) === chapter).map(() => state),
      );
      return [states.length, ...STATES.map((state) => states.filter((one) => one === state).length)].join(' | ');
    };
    const told = [...read('docs/security-asvs.md').matchAll(/^\| (all|\d+)[^|]* \| ([\d |]+) \|$/gm)];
    expect(told.map(([, chapter, counts]) => [chapter, counts])).toEqual([
      ...Object.keys(CHAPTERS).map((chapter) => [chapter, counted(chapter)]),
      ['all', counted(null)],
    ]);
  });
});
