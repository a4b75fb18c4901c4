/**
 * Extracts unsupported CSS from the data of https://www.caniemail.com (MIT),
 * for the mail clients below. `node scripts/client-support.mjs` writes
 * libs/rendering/src/client-support.data.ts. A test compares the two.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { format } from 'oxfmt';

const require = createRequire(import.meta.url);

/** Mail clients that are checked, by caniemail's family and platform. */
const CLIENTS = {
  'Gmail (web)': ['gmail', 'desktop-webmail'],
  'Gmail (iOS)': ['gmail', 'ios'],
  'Gmail (Android)': ['gmail', 'android'],
  'Outlook (Windows)': ['outlook', 'windows'],
  'Outlook (macOS)': ['outlook', 'macos'],
  'Outlook.com': ['outlook', 'outlook-com'],
  'Outlook (iOS)': ['outlook', 'ios'],
  'Outlook (Android)': ['outlook', 'android'],
  'Apple Mail (macOS)': ['apple-mail', 'macos'],
  'Apple Mail (iOS)': ['apple-mail', 'ios'],
  'Yahoo Mail (web)': ['yahoo', 'desktop-webmail'],
  'Samsung Email': ['samsung-email', 'android'],
  Thunderbird: ['thunderbird', 'macos'],
  'GMX (web)': ['gmx', 'desktop-webmail'],
  'WEB.DE (web)': ['web-de', 'desktop-webmail'],
};

/** Feature → clients that do not support it in their newest tested version. */
export function supportTable() {
  const { data } = require('caniemail/caniemail.json');
  const entries = data.flatMap(({ category, title, stats }) => {
    const without = Object.keys(CLIENTS).filter((client) => newest(stats, CLIENTS[client])?.startsWith('n'));
    return without.length === 0 ? [] : featuresOf(category, title).map((feature) => [feature, without]);
  });
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** caniemail lists versions in order. The last is the current one. */
const newest = (stats, [family, platform]) => Object.values(stats[family]?.[platform] ?? {}).at(-1);

/**
 * `display:flex`, `gap`, `calc()`, `vh unit`: features that can be recognised
 * in CSS. Unsupported elements are refused anyway.
 */
function featuresOf(category, title) {
  if (category !== 'css' || /^[@:]/.test(title)) return [];
  const pair = /^([a-z-]+):\s*([a-z-]+)$/.exec(title);
  if (pair !== null) return [`${pair[1]}:${pair[2]}`];
  if (title.includes('()')) return [...title.matchAll(/(?<![a-z-])([a-z-]+)\(\)/g)].map(([call]) => call);
  if (/^[a-z]+ unit$/.test(title)) return [title];
  const names = title.replace(/ (?:shorthand|(?:CSS )?property)$/, '').split(/, | & /);
  return names.every((name) => /^[a-z-]+$/.test(name.trim())) ? names.map((name) => name.trim()) : [];
}

/** The expected content of the file. */
export async function supportFile() {
  const source = `// Written by scripts/client-support.mjs out of the data of https://www.caniemail.com (MIT).

/** Feature → clients that do not show it. */
export const UNSUPPORTED: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(supportTable())};

/** Clients that a mail is judged for. */
export const CLIENTS: readonly string[] = ${JSON.stringify(Object.keys(CLIENTS))};
`;
  const { code } = await format('client-support.data.ts', source, { singleQuote: true, printWidth: 120 });
  return code;
}

const TARGET = new URL('../libs/rendering/src/client-support.data.ts', import.meta.url);
if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(TARGET, await supportFile());
