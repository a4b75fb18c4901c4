#!/usr/bin/env node
/**
 * Writes docs/decisions/README.md, the index of decisions by lib. `--check`
 * changes nothing. It fails if the index is out of date or a decision lacks a
 * part.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'docs/decisions');
const index = join(folder, 'README.md');

const PARTS = ['## Context', '## Decision', '## Alternatives', '## Consequences'];
/** What a decision may be about besides a lib or an app. */
const OTHERS = ['architecture', 'tests', 'docs', 'scripts'];

const subjects = [
  ...readdirSync(join(root, 'libs')),
  ...readdirSync(join(root, 'apps')).map((app) => `apps/${app}`),
  ...OTHERS,
];

/** @returns title, date, subjects and faults of one decision file. */
function read(name) {
  const text = readFileSync(join(folder, name), 'utf8');
  const title = /^# (.+)$/m.exec(text)?.[1] ?? '';
  const date = /^- Date: (\d{4}-\d{2}-\d{2})$/m.exec(text)?.[1] ?? '';
  const about = (/^- Libs: (.+)$/m.exec(text)?.[1] ?? '').split(', ').filter(Boolean);
  const faults = [
    ...(/^\d{4}-[a-z0-9-]+\.md$/.test(name) ? [] : ['the file name must be NNNN-words.md']),
    ...(title === '' ? ['the first line must be "# Title"'] : []),
    ...(date === '' ? ['"- Date: YYYY-MM-DD" is missing'] : []),
    ...(about.length === 0 ? ['"- Libs: …" is missing'] : []),
    ...about
      .filter((one) => !subjects.includes(one))
      .map((one) => `"${one}" is no lib, no app and none of ${OTHERS.join(', ')}`),
    ...PARTS.filter((part) => !text.includes(`\n${part}\n`)).map((part) => `"${part}" is missing`),
  ];
  return { name, title, date, about, faults };
}

const decisions = readdirSync(folder)
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .sort()
  .map(read);

const row = ({ name, title, date }) => `- ${date} [${title}](${name})`;
const sections = subjects
  .map((subject) => ({ subject, rows: decisions.filter(({ about }) => about.includes(subject)) }))
  .filter(({ rows }) => rows.length > 0)
  .map(({ subject, rows }) => `## ${subject}\n\n${rows.map(row).join('\n')}\n`);
const text = `# Decisions

One dated file per decision: context, decision, alternatives with figures, consequences. A newer decision
replaces an older one in a new file; the older one then says so. This index is written by
\`node scripts/decisions-index.mjs\`.

${sections.join('\n')}`;

const faults = decisions.flatMap(({ name, faults: found }) => found.map((fault) => `docs/decisions/${name}: ${fault}`));
const isCheck = process.argv.includes('--check');
if (!isCheck) writeFileSync(index, text);
else if (readFileSync(index, 'utf8') !== text)
  faults.push('docs/decisions/README.md is not up to date: run node scripts/decisions-index.mjs');
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exitCode = 1;
}
