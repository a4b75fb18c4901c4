import { createReadStream, type Stats } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { LogCoverage, type LogSpan } from './log-coverage.js';
import { type LogFinding, PostfixTrail } from './postfix-log.js';

/** Result of one look-up in the log. */
export interface LogReading {
  /** The last finding of each message that was found. */
  readonly found: ReadonlyMap<string, LogFinding>;
  /** Whether a message was accepted, or perhaps accepted. */
  readonly has: (messageId: string) => boolean;
  /** The time for which the log is complete; null if unknown. */
  readonly span: LogSpan | null;
}

/**
 * How far a file was read. Identified by its first bytes, whatever its name.
 */
interface Position {
  readonly head: string;
  readonly offset: number;
  /** A copied file has another inode. */
  readonly ino: number;
}

const HEAD_BYTES = 256;
/**
 * Names by logrotate: `.1`, `.2.gz`, `-20261121`, `-20261121-1700000000.gz`.
 */
const ROTATED = /^(?:\.\d{1,4}|-\d{8}(?:-?\d+)?)(?:\.gz)?$/;

/**
 * Looks messages up in a Postfix log of this machine. It continues where it
 * stopped, also across a rotation. For new messages it reads the file, and the
 * one before it, again.
 */
export class PostfixLog {
  private sought: ReadonlySet<string> = new Set();
  private trail = new PostfixTrail((id) => this.sought.has(id));
  private coverage = new LogCoverage();
  private findings = new Map<string, LogFinding>();
  private position: Position | null = null;

  constructor(private readonly path: string) {}

  /**
   * @param messageIds without angle brackets.
   * @param since older files need not be read.
   * @throws Error if the file cannot be read.
   */
  async lookUp(messageIds: ReadonlySet<string>, since: Date): Promise<LogReading> {
    const hasNew = [...messageIds].some((id) => !this.sought.has(id));
    this.sought = messageIds;
    if (hasNew) this.restart();
    try {
      const { size, mtimeMs, ino } = await stat(this.path);
      const known = await this.resumeOffset(this.path);
      if (known === null) await this.catchUp(since, ino);
      const offset = await this.read(this.path, known ?? 0, size);
      this.position = { head: await headOf(this.path), offset, ino };
      const after = await stat(this.path);
      // Rotated meanwhile: it is unknown which file was read.
      const isOther = after.ino !== ino || after.size < size;
      const span = size === 0 || isOther ? null : this.coverage.spanUntil(mtimeMs);
      const { trail, findings } = this;
      if (isOther) this.sought = new Set();
      // After a failure the caller repeats its question with the same ids.
      const found = new Map([...findings].filter(([id]) => messageIds.has(id)));
      return { found, has: (id) => findings.has(id) || trail.has(id), span };
    } catch (error) {
      this.sought = new Set();
      throw error;
    }
  }

  private restart(): void {
    this.trail = new PostfixTrail((id) => this.sought.has(id));
    this.coverage = new LogCoverage();
    this.findings = new Map();
    this.position = null;
  }

  /** Reads the rest of the rotated file, or all of it. */
  private async catchUp(since: Date, ino: number): Promise<void> {
    const before = await this.predecessor(since);
    const known = before === null ? null : await this.resumeOffset(before.path);
    // Lines between the last position and this file are lost.
    if (this.position !== null && known === null) this.coverage = new LogCoverage();
    if (before !== null) await this.read(before.path, known ?? 0, before.stats.size);
    // Copied and truncated in place: lines written in between are lost.
    if (this.position?.ino === ino) this.coverage = new LogCoverage();
    this.coverage.nextFile();
  }

  /** How far the file was read before; null if it is another one. */
  private async resumeOffset(path: string): Promise<number | null> {
    if (this.position === null || this.position.offset === 0) return null;
    const isSame = (await headOf(path)).startsWith(this.position.head);
    return isSame ? this.position.offset : null;
  }

  /** The last rotated file; null if it ended before `since`. */
  private async predecessor(since: Date): Promise<{ path: string; stats: Stats } | null> {
    const name = basename(this.path);
    const folder = dirname(this.path);
    const siblings = (await readdir(folder)).filter(
      (other) => other.startsWith(name) && ROTATED.test(other.slice(name.length)),
    );
    const files = await Promise.all(
      siblings.map(async (sibling) => ({ path: join(folder, sibling), stats: await stat(join(folder, sibling)) })),
    );
    const [newest] = files
      .filter(({ stats }) => stats.isFile() && stats.mtime >= since)
      .sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs);
    return newest ?? null;
  }

  /** @returns the offset after the last complete line. */
  private async read(path: string, from: number, to: number): Promise<number> {
    if (from >= to) return from;
    let [whole, held] = [from, ''];
    for await (const chunk of bytesOf(path, from, to)) {
      // latin1: one character per byte, so that positions are offsets in the
      // file.
      const lines = (held + chunk.toString('latin1')).split('\n');
      held = lines.pop() ?? '';
      for (const line of lines) {
        this.recordLine(line);
        whole += line.length + 1;
      }
    }
    return whole;
  }

  private recordLine(line: string): void {
    this.coverage.addLine(line);
    const finding = this.trail.read(line);
    if (finding === null) return;
    const said = { ...finding, line: Buffer.from(finding.line, 'latin1').toString() };
    // A deferred message that re-enters the queue does not contradict an
    // earlier finding.
    const known = this.findings.get(finding.messageId);
    if (known === undefined || finding.kind !== 'taken') this.findings.set(finding.messageId, said);
  }
}

function bytesOf(path: string, from: number, to: number): AsyncIterable<Buffer> {
  if (!path.endsWith('.gz')) return createReadStream(path, { start: from, end: to - 1 });
  // A truncated file gives an error of the decompressor to the reader.
  return pipeline(createReadStream(path), createGunzip(), () => undefined);
}

async function headOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
