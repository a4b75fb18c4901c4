import { DomainError } from '#kernel';

/** What the task of subprocess.spec.ts does. */
export interface Behaviour {
  readonly kind: 'answer' | 'spin' | 'grow' | 'crash' | 'recurse' | 'refuse' | 'environment';
  readonly value: string;
}

const grown: Buffer[] = [];

export async function run({ kind, value }: Behaviour): Promise<string> {
  if (kind === 'spin') for (;;);
  if (kind === 'grow') for (;;) grown.push(Buffer.alloc(10_000_000, 1));
  if (kind === 'crash') process.kill(process.pid, 'SIGSEGV');
  if (kind === 'recurse') return recurse(0);
  if (kind === 'refuse') throw new DomainError('test.refused', 'Choose another.', { field: value });
  // oxlint-disable-next-line forms/no-environment -- it shows what a subprocess sees
  return kind === 'environment' ? Object.keys(process.env).join(' ') : `${value} ${process.pid}`;
}

const recurse = (depth: number): string => `${recurse(depth + 1)}x`;
