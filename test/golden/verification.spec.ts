import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type EvidenceFiles, verify } from '../../apps/cli/src/verify-command.js';
import { auditorFolder, COMMANDS, EXIT } from '../support/auditor.js';

const LIMIT_MS = 240_000;

let folder: string;
beforeAll(async () => {
  folder = await auditorFolder();
}, LIMIT_MS);
afterAll(() => rmSync(folder, { recursive: true }));

describe('an auditor', () => {
  it('finds commands on the page, and copies that differ', () => {
    expect(COMMANDS.length).toBeGreaterThanOrEqual(14);
    for (const [whole, changed] of [
      ['mail.eml', 'changed.eml'],
      ['page.html', 'changed.html'],
      ['brochure.pdf', 'changed.pdf'],
      ['post.jpg', 'changed.jpg'],
      ['post.png', 'changed.png'],
    ] as const)
      expect(readFileSync(join(folder, changed)).equals(readFileSync(join(folder, whole)))).toBe(false);
  });

  it.each(COMMANDS)('gets what the page says of: $line', async ({ file, papers, verdict, detail }) => {
    const given = papers.map(([name, path]) => [name, join(folder, path)] as const);
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
    expect([code, lines]).toEqual([EXIT[verdict], expect.anything()]);
    if (verdict === 'broken') expect(lines.join('\n')).toContain(detail);
  });
});
