import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import type { InboundReport } from './inbound-report.js';

/** A sample of the corpus with its expected classification. */
export interface CorpusCase extends Pick<InboundReport, 'kind' | 'outcome' | 'status' | 'recipient'> {
  readonly name: string;
  readonly raw: Buffer;
}

export const CORPUS_MESSAGE = '5f0c7a52-3b0e-5a57-9c61-3f2a8f6f1d20';

const ORIGINAL = `Return-Path: <bounce@mail.throughline.example>
From: Brightwater IT <brightwater@mail.throughline.example>
To: Ada Baker <ada@customer.example>
Subject: A faster network
Message-ID: <{{id}}@mail.throughline.example>`;

/** Every sample in `libs/mailer/corpus`. Its README explains the format. */
export function readCorpus(): CorpusCase[] {
  const folder = join(packageRoot(), 'libs/mailer/corpus');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split(/^=== /m).slice(1).map(readCase));
}

function readCase(text: string): CorpusCase {
  const end = text.indexOf('\n');
  const [name = '', ...expected] = text.slice(0, end).split(' | ');
  const [kind, outcome, status, recipient] = expected.map((word) => (word === '-' ? null : word));
  const mail = text
    .slice(end + 1)
    .replaceAll('{{original}}', ORIGINAL)
    .replaceAll('{{id}}', CORPUS_MESSAGE);
  const raw = Buffer.from(mail.replace(/\r?\n/g, '\r\n'));
  return { name, raw, kind, outcome, status, recipient } as CorpusCase;
}
