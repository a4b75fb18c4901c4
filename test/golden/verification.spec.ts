import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EvidenceFiles, verify } from '../../apps/cli/src/verify-command.js';
import { type Locale, packageRoot } from '#kernel';
import { Notary } from '../support/evidence.js';
import { guests, shippedExhibits } from '../support/gallery.js';
import { sealedFiles } from '../support/sealed-files.js';

const LIMIT_MS = 240_000;
const PAGE = readFileSync(join(packageRoot(), 'docs/verification.md'), 'utf8');
/** Commands of docs/verification.md, each with what it says that comes of it. */
const COMMANDS = [...PAGE.matchAll(/^throughline verify (\S+) (.*?) +# (.*)$/gm)].map(
  ([line, file = '', options = '', outcome = '']) => ({ line, file, options, outcome }),
);
const EXIT: Readonly<Record<string, number>> = { intact: 0, broken: 1, cannot: 2 };

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-auditor-'));
  const [exhibit] = await shippedExhibits(['zero-trust-edge']);
  const [guest] = await guests();
  if (exhibit === undefined || guest === undefined) throw new Error('Nothing is shown to nobody.');
  const [notary, other] = [await Notary.publish(exhibit), await Notary.publish(exhibit)];
  const { files, seal, receipts } = await sealedFiles(exhibit, guest, notary, 'en' as Locale);
  const keep = (name: string, content: Buffer | object): void =>
    writeFileSync(join(folder, name), Buffer.isBuffer(content) ? content : JSON.stringify(content));
  keep('mail.eml', files.mail);
  keep(
    'changed.eml',
    Buffer.from(files.mail.toString('latin1').replaceAll('do not constitute a wa', 'do    constitute a wa'), 'latin1'),
  );
  keep('page.html', files.page);
  keep('brochure.pdf', files.document);
  keep('post.jpg', files.jpeg);
  keep('manifest.json', notary.manifest);
  keep('forged.json', JSON.parse(JSON.stringify(notary.manifest).replace('"number":1', '"number":2')) as object);
  keep('seal.json', seal);
  keep('receipt.json', receipts.mail);
  keep('post-receipt.json', receipts.jpeg);
  keep('keys.json', { keys: notary.keys });
  keep('other-keys.json', { keys: other.keys });
  keep('rotated-keys.json', {
    keys: [...notary.keys.map((key) => ({ ...key, retiredAt: new Date(1).toISOString() })), ...other.keys],
  });
}, LIMIT_MS);
afterAll(() => rmSync(folder, { recursive: true }));

describe('an auditor with the network off', () => {
  it('finds commands on the page', () => {
    expect(COMMANDS.length).toBeGreaterThanOrEqual(10);
    expect(readFileSync(join(folder, 'changed.eml')).equals(readFileSync(join(folder, 'mail.eml')))).toBe(false);
  });

  it.each(COMMANDS)('gets what the page says of: $line', async ({ file, options, outcome }) => {
    const given = [...options.matchAll(/--(\w+) (\S+)/g)].map(
      ([, name = '', path = '']) => [name, join(folder, path)] as const,
    );
    const lines: string[] = [];
    const code = await verify(
      join(folder, file),
      Object.fromEntries(given) as unknown as EvidenceFiles,
      (line) => void lines.push(line),
    ).then(
      () => 0,
      (error: unknown) => {
        if (!(error instanceof Error)) throw error;
        lines.push(error.message);
        return 'exitCode' in error ? error.exitCode : 99;
      },
    );
    const [verdict = '', detail = ''] = outcome.split(/[ :]+/);
    expect([code, lines]).toEqual([EXIT[verdict], expect.anything()]);
    if (verdict === 'broken') expect(lines.join('\n')).toContain(detail);
  });
});
