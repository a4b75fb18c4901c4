import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse, stringify } from 'yaml';
import { packageRoot } from '#kernel';
import { zipOf } from '../../libs/content/src/package/package.fixture.js';

const TEMPLATE = join(packageRoot(), 'templates/zero-trust-edge');

/** Changes of a journey to the shipped security campaign. */
export interface PackageChanges {
  readonly name: string;
  readonly window?: object;
  readonly steps?: readonly object[];
  readonly entries?: readonly object[];
  /**
   * Without its posts: a launch would draw eighteen pictures, which sending
   * does not need.
   */
  readonly withoutPosts?: boolean;
  /** Only these posts; absent: all, or none. */
  readonly posts?: readonly string[];
}

/** A window that is open on every day at every hour, but for one minute. */
export const ALWAYS = {
  from: '00:00',
  to: '23:59',
  weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
};

/** Writes the changed security campaign into a new folder. */
export function writePackage(
  folder: string,
  { name, window, steps, entries, withoutPosts, posts }: PackageChanges,
): void {
  cpSync(TEMPLATE, folder, { recursive: true });
  const file = join(folder, 'campaign.yaml');
  const campaign = parse(readFileSync(file, 'utf8')) as {
    sequence: object;
    social: Record<string, object>;
  };
  const sequence = {
    ...campaign.sequence,
    ...(window === undefined ? {} : { window }),
    ...(entries === undefined ? {} : { entries }),
    ...(steps === undefined ? {} : { steps }),
  };
  const kept = posts ?? (withoutPosts === true ? [] : Object.keys(campaign.social));
  const social = Object.fromEntries(Object.entries(campaign.social).filter(([key]) => kept.includes(key)));
  writeFileSync(file, stringify({ ...campaign, name, sequence, social }));
}

/** Zips a folder. `changes` replaces the text of files, `added` adds files. */
export async function zipFolder(
  folder: string,
  changes: Readonly<Record<string, (text: string) => string>> = {},
  added: Readonly<Record<string, string>> = {},
): Promise<Buffer> {
  const files = new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => [relative(folder, path), readFileSync(path)] as const),
  );
  for (const [path, change] of Object.entries(changes)) {
    const content = files.get(path);
    if (content === undefined) throw new Error(`There is no ${path} in ${folder}.`);
    files.set(path, Buffer.from(change(content.toString('utf8'))));
  }
  for (const [path, text] of Object.entries(added)) files.set(path, Buffer.from(text));
  return zipOf(files);
}
