import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { printedCredits } from './printed-credits.fixture.js';

const LOADER = new URL('../../../../test/support/typescript.mjs', import.meta.url).href;
const FIXTURE = new URL('printed-credits.fixture.ts', import.meta.url).href;
const PRINT = `import(${JSON.stringify(FIXTURE)}).then(({ printedCredits }) => process.stdout.write(printedCredits()))`;

/** The credits as another process computes them. */
function printedBy(flags: readonly string[], environment: Readonly<Record<string, string>>): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...flags, '--import', LOADER, '--input-type=module', '--eval', PRINT],
    { encoding: 'utf8', maxBuffer: 16_000_000, env: environment },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

describe('credits of deals', () => {
  /** Of version 2 of the models, made with Node 20 on x86-64 under Debian. Another machine has to print the same. */
  const DIGEST = '5ae0153bb20a0bfbc97ca3180af6f2018dfb735adcf3718f62351a3d5fe73a9e';

  it('are those of another machine, byte by byte', () => {
    expect(createHash('sha256').update(printedCredits()).digest('hex')).toBe(DIGEST);
  });

  // The compilers of V8 compute powers and sums in code of their own.
  it.each([
    [
      'a Turkish locale, 13 hours ahead of UTC',
      [],
      { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Auckland' },
    ],
    [
      'an Arabic locale, 2.5 hours behind UTC',
      [],
      { LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8', TZ: 'America/St_Johns' },
    ],
    ['the interpreter alone', ['--jitless'], { TZ: 'UTC' }],
    ['no optimising compiler', ['--no-opt'], { LANG: 'C' }],
    ['the baseline compiler from the start', ['--always-sparkplug'], { LANG: 'sv_SE.UTF-8', TZ: 'Europe/Stockholm' }],
  ] as const)(
    'are the same with %s',
    (_, flags, environment) => {
      expect(printedBy(flags, environment)).toBe(printedCredits());
    },
    60_000,
  );
});
