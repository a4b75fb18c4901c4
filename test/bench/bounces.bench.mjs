#!/usr/bin/env node
/**
 * `npm run bench:bounces -- <set-of-emails> <go-sisimai>`: how the public
 * bounces of sisimai are classified, by sisimai's own reason. The arguments are
 * folders with clones of github.com/sisimai/set-of-emails and
 * github.com/sisimai/go-sisimai (BSD licence); nothing of them is kept here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import '../support/typescript.mjs';

const CLASSES = {
  'dead address': 'userunknown hostunknown hasmoved',
  passing: 'mailboxfull suspend expired networkerror systemerror systemfull mailererror toomanyconn speeding',
  'other view': 'filtered onhold undefined notaccept vacation delivered feedback',
};
const [mails, judge] = process.argv.slice(2);
if (judge === undefined) {
  process.stderr.write('Give two folders: clones of sisimai/set-of-emails and sisimai/go-sisimai.\n');
  process.exit(2);
}

const { readReport } = await import('../../libs/mailer/src/inbound/inbound-report.ts');
const reasons = readReasons(join(judge, 'fact'));
const table = {};
for (const file of readdirSync(join(mails, 'maildir/bsd'))) {
  const reason = reasons.get(file.replace('.eml', ''));
  if (reason === undefined) continue;
  const raw = readFileSync(join(mails, 'maildir/bsd', file));
  const { kind } = await readReport({ raw, from: returnPathOf(raw) });
  const row = (table[classOf(reason)] ??= { all: 0 });
  row.all += 1;
  row[kind] = (row[kind] ?? 0) + 1;
}
console.table(table);

/** The first recipient's reason of each public sample. */
function readReasons(folder) {
  const found = new Map();
  for (const file of readdirSync(folder)) {
    const name = /^\d\d-((?:lhost|rhost|rfc|arf).*)_test\.go$/.exec(file)?.[1];
    if (name === undefined) continue;
    const [listed = ''] = readFileSync(join(folder, file), 'utf8').split('secretlist');
    for (const [, number, reason] of listed.matchAll(/\{"(\d\d)",\s*1,\s*"[^"]*",\s*"[^"]*",\s*"([^"]*)"/g))
      found.set(`${name}-${number}`, reason);
  }
  return found;
}

function classOf(reason) {
  const known = Object.entries(CLASSES).find(([, names]) => names.split(' ').includes(reason));
  return known?.[0] ?? 'fault of the sender';
}

function returnPathOf(raw) {
  const [header = ''] = raw.toString('latin1').split(/\r?\n\r?\n/, 1);
  return /^return-path:[ \t]*<?([^>\s]*)/im.exec(header)?.[1] ?? 'unknown@sender.example';
}
