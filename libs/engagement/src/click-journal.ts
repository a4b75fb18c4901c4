import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Id, isId, type MessageId } from '#kernel';

export type InteractionId = Id<'interaction'>;

const Line = z.object({
  id: z.custom<InteractionId>(isId),
  messageId: z.custom<MessageId>(isId),
  number: z.number().int(),
  at: z.iso.datetime().transform((at) => new Date(at)),
  method: z.string(),
  userAgent: z.string(),
  scanner: z.string().nullable(),
  // Older lines lack both fields.
  isPrefetch: z.boolean().default(false),
  hasBrowserHeaders: z.boolean().default(true),
});

/** A click as it came in, before anything was looked up. */
export type RawClick = z.output<typeof Line>;

/**
 * Clicks on this disk, until PostgreSQL has them: one file per process, one
 * line per click. The operating system has the line when `add` returns, so the
 * process may crash. Lines are not fsynced: a power failure may lose the last
 * ones.
 */
export class ClickJournal {
  private readonly file: string;
  private readonly descriptor: number;

  constructor(
    private readonly folder: string,
    name = `${process.pid}-${Date.now()}`,
  ) {
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, `${name}.clicks`);
    this.descriptor = openSync(this.file, 'a', 0o600);
  }

  add(click: RawClick): void {
    writeSync(this.descriptor, `${JSON.stringify(click)}\n`);
  }

  /** Everything that was added is in PostgreSQL. */
  clear(): void {
    ftruncateSync(this.descriptor, 0);
  }

  close(): void {
    closeSync(this.descriptor);
    if (readFileSync(this.file, 'utf8') === '') unlinkSync(this.file);
  }

  /**
   * Reads the files of dead processes on this disk; an incomplete line is
   * ignored.
   * @param isAlive pids whose files stay.
   * @returns the clicks, and a function that deletes their files.
   */
  recover(isAlive: (pid: number) => boolean): { readonly clicks: RawClick[]; readonly forget: () => void } {
    const files = (existsSync(this.folder) ? readdirSync(this.folder) : [])
      .filter((name) => name.endsWith('.clicks') && join(this.folder, name) !== this.file)
      .filter((name) => Number(name.split('-')[0]) === process.pid || !isAlive(Number(name.split('-')[0])))
      .map((name) => join(this.folder, name));
    const clicks = files.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line) => readLine(line) ?? []),
    );
    return { clicks, forget: () => files.forEach((file) => unlinkSync(file)) };
  }
}

function readLine(line: string): RawClick | null {
  try {
    const parsed = Line.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
