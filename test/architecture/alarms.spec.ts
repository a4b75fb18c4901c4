import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageRoot } from '#kernel';

const read = (name: string): string => readFileSync(join(packageRoot(), name), 'utf8');

const Rules = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^[A-Z][A-Za-z]+$/),
          expr: z.string(),
          for: z
            .string()
            .regex(/^\d+[mh]$/)
            .optional(),
          labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string().min(10), runbook: z.string() }),
        }),
      ),
    }),
  ),
});
const ALARMS = Rules.parse(parse(read('docs/alerts.yml'))).groups.flatMap(({ rules }) => rules);
const PAGE = read('docs/operations.md');

/** Metrics by name, with their labels, as the sources declare them. */
const METRICS = new Map<string, readonly string[]>(
  ['libs', 'apps']
    .flatMap((folder) =>
      readdirSync(join(packageRoot(), folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
    )
    .filter((path) => /\.(?:service|adapter)\.ts$|request-log\.ts$/.test(path))
    .map(read)
    .flatMap((source) => [
      ...[...source.matchAll(/new (?:Gauge|Counter|Histogram)\(\{([^}]*)\}/g)].flatMap(([, given = '']) => {
        const [, name] = /name: '(throughline_\w+)'/.exec(given) ?? [];
        const [, labels = ''] = /labelNames: \[([^\]]*)\]/.exec(given) ?? [];
        return name === undefined ? [] : [[name, labels.match(/\w+/g) ?? []] as const];
      }),
      ...[...source.matchAll(/\bgauge\(\s*'(\w+)'/g)].map(([, name]) => [`throughline_${name}`, []] as const),
    ]),
);

/** As GitHub names a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
const ANCHORS = [...PAGE.matchAll(/^#{2,3} (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

const metricsOf = (expression: string): string[] =>
  [...expression.matchAll(/throughline_\w+/g)].map(([name]) => name.replace(/_bucket$/, ''));
/** What the page says of each figure: its name to the words of its alarm. */
const FIGURES = new Map(
  [...PAGE.matchAll(/^\| `(throughline_\w+)(?:\{([\w,]*)\})?` \|.*\| (.*) \|$/gm)].map(
    ([, name = '', labels = '', alarm = '']) => [name, { labels: labels.match(/\w+/g) ?? [], alarm }] as const,
  ),
);

describe('what wakes somebody up', () => {
  it('is about metrics that there are, by labels that they have', () => {
    expect(METRICS.size).toBeGreaterThan(20);
    for (const { alert, expr } of ALARMS) {
      const names = metricsOf(expr);
      expect([alert, names.length > 0, names.filter((name) => !METRICS.has(name))]).toEqual([alert, true, []]);
      const known = ['le', ...names.flatMap((name) => METRICS.get(name) ?? [])];
      const asked = [
        ...[...expr.matchAll(/(\w+)!?=~?"/g)].map(([, label = '']) => label),
        ...[...expr.matchAll(/\bby \((\w+)\)/g)].map(([, label = '']) => label),
      ];
      expect([alert, asked.filter((label) => !known.includes(label))]).toEqual([alert, []]);
    }
  });

  it('has a runbook each, which is there', () => {
    const pages = ALARMS.map(({ alert, annotations: { runbook } }) => [alert, ...runbook.split('#')]);
    expect(pages.filter(([, page]) => page !== 'docs/operations.md')).toEqual([]);
    expect(pages.filter(([, , anchor]) => !ANCHORS.includes(anchor ?? ''))).toEqual([]);
    expect(new Set(ANCHORS).size).toBe(ANCHORS.length);
  });

  it('stands by name beside each figure that it is about, and beside no other', () => {
    expect(new Set(ALARMS.map(({ alert }) => alert)).size).toBe(ALARMS.length);
    const told = [...FIGURES].flatMap(([figure, { alarm }]) =>
      [...alarm.matchAll(/`([A-Z][A-Za-z]+)`/g)].map(([, name]) => `${name} ${figure}`),
    );
    // Of an alarm that compares, the first is what it is about.
    expect(told.sort()).toEqual(ALARMS.map(({ alert, expr }) => `${alert} ${metricsOf(expr)[0]}`).sort());
  });

  it('leaves no metric out of the page, nor names one there that is none, nor with other labels', () => {
    expect([...METRICS.keys()].filter((name) => !PAGE.includes(`\`${name}`))).toEqual([]);
    const named = [...PAGE.matchAll(/throughline_\w+(?=[`{])/g)].map(([name]) => name);
    expect(named.filter((name) => !METRICS.has(name))).toEqual([]);
    for (const [name, { labels }] of FIGURES) expect([name, labels]).toEqual([name, METRICS.get(name)]);
  });
});
