import { createReadStream, type Stats } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { LogCoverage, type LogSpan } from './log-span.js';
import { type LogFinding, PostfixTrail } from './postfix-log.js';

/** What a look into the log has told. */
export interface LogReading {
  /** For each message that was found the last that is told of it. */
  readonly found: ReadonlyMap<string, LogFinding>;
  /** Whether a message that was asked for is in all that was read: taken, or perhaps taken. */
  readonly has: (messageId: string) => boolean;
  /** For which time nothing is missing from all that was read; null where nobody can tell. */
  readonly span: LogSpan | null;
}

/** How far a file was read. It is known by how it begins, whatever it is called and wherever it was copied to. */
interface Position {
  readonly head: string;
  readonly offset: number;
}

const HEAD_BYTES = 256;

/**
 * Looks messages up in a Postfix log on this machine. It goes on where it stopped, through a rotation, too; for messages that were not
 * asked for before it reads the file, and the one before it, once more.
 */
export class PostfixLog {
  private asked: ReadonlySet<string> = new Set();
  private trail = new PostfixTrail((id) => this.asked.has(id));
  private coverage = new LogCoverage();
  private findings = new Map<string, LogFinding>();
  private position: Position | null = null;

  constructor(private readonly path: string) {}

  /**
   * @param messageIds without angle brackets.
   * @param since nothing older has to be read.
   * @throws Error when the file cannot be read.
   */
  async lookUp(messageIds: ReadonlySet<string>, since: Date): Promise<LogReading> {
    const hasNew = [...messageIds].some((id) => !this.asked.has(id));
    this.asked = messageIds;
    if (hasNew) {
      this.trail = new PostfixTrail((id) => this.asked.has(id));
      this.coverage = new LogCoverage();
      this.findings = new Map();
      this.position = null;
    }
    const { size, mtimeMs } = await stat(this.path);
    const known = await this.knownOf(this.path);
    if (known === null) await this.catchUp(since);
    const offset = await this.read(this.path, known ?? 0, size);
    this.position = { head: await headOf(this.path), offset };
    const { trail, coverage, findings } = this;
    // Whoever could not write it down asks again.
    const found = new Map([...findings].filter(([id]) => messageIds.has(id)));
    return { found, has: (id) => findings.has(id) || trail.has(id), span: size === 0 ? null : coverage.until(mtimeMs) };
  }

  /** Reads the end of the file before, in which reading stopped, or all of it. */
  private async catchUp(since: Date): Promise<void> {
    const before = await this.predecessor(since);
    const known = before === null ? null : await this.knownOf(before.path);
    // What lies between here and where reading stopped is gone.
    if (this.position !== null && known === null) this.coverage = new LogCoverage();
    if (before !== null) await this.read(before.path, known ?? 0, before.stats.size);
  }

  /** How far a file was read before; null where it is another one. */
  private async knownOf(path: string): Promise<number | null> {
    if (this.position === null || this.position.offset === 0) return null;
    const isSame = (await headOf(path)).startsWith(this.position.head);
    return isSame ? this.position.offset : null;
  }

  /** The file into which the log was rotated last, whatever its name; null when it ended too early to tell. */
  private async predecessor(since: Date): Promise<{ path: string; stats: Stats } | null> {
    const name = basename(this.path);
    const folder = dirname(this.path);
    const siblings = (await readdir(folder)).filter(
      (other) => other.startsWith(`${name}.`) || other.startsWith(`${name}-`),
    );
    const files = await Promise.all(
      siblings.map(async (sibling) => ({ path: join(folder, sibling), stats: await stat(join(folder, sibling)) })),
    );
    const [newest] = files
      .filter(({ stats }) => stats.isFile() && stats.mtime >= since)
      .sort((a, b) => b.stats.mtimeMs - a.stats.mtimeMs);
    return newest ?? null;
  }

  /** @returns where the next look begins: after the last whole line. */
  private async read(path: string, from: number, to: number): Promise<number> {
    if (from >= to) return from;
    const isPacked = path.endsWith('.gz');
    const file = createReadStream(path, isPacked ? {} : { start: from, end: to - 1 });
    const lines = createInterface({ input: isPacked ? file.pipe(createGunzip()) : file, crlfDelay: Infinity });
    let [whole, held] = [from, null as string | null];
    for await (const line of lines) {
      if (held !== null) {
        this.note(held);
        whole += Buffer.byteLength(held) + 1;
      }
      held = line;
    }
    if (held === null) return whole;
    // The last line may still be written: it counts once its end is there.
    const end = whole + Buffer.byteLength(held);
    if (!isPacked && end >= to) return whole;
    this.note(held);
    return end + 1;
  }

  private note(line: string): void {
    this.coverage.note(line);
    const finding = this.trail.read(line);
    if (finding === null) return;
    // Back in the queue, as a deferred one that is tried again is, says nothing against what was said before.
    const known = this.findings.get(finding.messageId);
    if (known === undefined || finding.kind !== 'taken') this.findings.set(finding.messageId, finding);
  }
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
