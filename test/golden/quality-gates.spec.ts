import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';

const PAGE = readFileSync(join(packageRoot(), 'docs/quality-gates.md'), 'utf8');
const TOLD = new Map(
  [...PAGE.matchAll(/^\| `([a-z0-9-]+)` \| (error|warning) \| .+ \| .+ \|$/gm)].map(([, code = '', severity = '']) => [
    code,
    severity,
  ]),
);

/** Gates for partners' values instead of vendors' packages. */
const OF_PARTNERS =
  /(?:values|slot|bake|personalise|logo|logo-feedback|rasterise|stamp-document|fit-text|shape|text-layer|compose-social|partner-choices|stricter-lead-rule)\.ts$/;
const LIBS = ['rendering', 'content', 'artwork', 'campaigns', 'sequencing'].map((lib) =>
  join(packageRoot(), 'libs', lib, 'src'),
);
const SOURCES = LIBS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/\.(?:spec|fixture|data)\.ts$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') })),
);
const REPORTED =
  /(?:\b(error|warning|report|problem|packageProblem|add|fail|mistake)\(\s*(?:[\w.]+,\s*|\[[^\]]*\],\s*)*|code: )'([a-z0-9]+(?:-[a-z0-9]+)+)'(?:,\s*severity: '(error|warning)')?/g;

describe('the page of quality gates', () => {
  it('has every problem that the code reports, with its severity', () => {
    const missing = SOURCES.filter(({ path }) => !OF_PARTNERS.test(path)).flatMap(({ path, text }) =>
      [...text.matchAll(REPORTED)].flatMap(([, by, code = '', severity = by]) =>
        !TOLD.has(code) || (/^(?:error|warning)$/.test(severity ?? '') && TOLD.get(code) !== severity)
          ? [`${path}: ${code}`]
          : [],
      ),
    );
    expect(missing).toEqual([]);
  });

  it('has no problem that no code reports', () => {
    const all = SOURCES.map(({ text }) => text).join('\n');
    const references = [
      ...['email', 'page', 'document', 'link'].map((kind) => `${kind}-unknown`),
      'step-twice',
      'goal-twice',
    ];
    expect([...TOLD.keys()].filter((code) => !all.includes(`'${code}'`) && !references.includes(code))).toEqual([]);
  });
});
