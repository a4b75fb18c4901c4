import {
  closeSync,
  existsSync,
  fdatasync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { ReleaseId, MessageId } from '#kernel';
import { bootId, ownerOf } from './process-life.js';

const sync = promisify(fdatasync);

/** A message and the fence under which it was claimed. */
export interface Claim {
  readonly id: MessageId;
  readonly fence: number;
}

/** A claim that was released for submission. */
export interface ReleasedClaim extends Claim {
  /**
   * Which release. If the commit is lost, a later release can have the same fence.
   */
  readonly releaseId: ReleaseId;
}

/** A claim that a journal contains. */
interface JournalledClaim extends Claim {
  /** Null if an older version wrote the line. */
  readonly releaseId: ReleaseId | null;
}

/** A claim whose end-of-data may have been sent. */
interface StartedClaim extends JournalledClaim {
  /** The relay by its name in the ledger; null if it was not recorded. */
  readonly relay: string | null;
}

/** The content of journals of dead processes. */
export interface JournalState {
  /** All released messages, whatever their outcome. */
  readonly claimed: readonly JournalledClaim[];
  /** End-of-data may have been sent, and no answer is recorded. */
  readonly started: readonly StartedClaim[];
  /** The relay answered 250. */
  readonly accepted: readonly StartedClaim[];
}

const SUFFIX = '.journal';
const BOOT = /^B(\S+)\n/;
const RECORD = /^([HSAR])([0-9a-f-]{36}) (\d+)(?: (\S+))?$/;
/**
 * Beyond this size a new file begins. The old one is deleted when all its
 * messages are settled.
 */
const SEGMENT_BYTES = 4 * 1024 * 1024;

interface Segment {
  readonly path: string;
  readonly descriptor: number;
  readonly open: Set<string>;
  bytes: number;
}

interface SyncWaiter {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * What this process did around end-of-data, which the database does not know
 * yet. Line types: `H` released, with the release id; `S` before end-of-data;
 * `A` after the 250; `R` the relay. Each carries the message id and the fence.
 * The first line, `B`, is the boot id: after a reboot the process ids belong to
 * other processes. Files are on local disk, named by machine and process. After
 * a crash any process of this machine reads them.
 *
 * An `S` is durable before end-of-data is sent, or a power cut could send a
 * message twice. One fdatasync serves all waiting messages: one per message (1
 * to 5 ms) would be the slowest step of sending.
 */
export class SendJournal {
  /**
   * By release: a message may be released again before its last outcome is
   * written.
   */
  private readonly segmentOf = new Map<string, Segment>();
  /** Segments whose files exist. */
  private readonly segments = new Set<Segment>();
  private readonly name: string;
  private current: Segment | null = null;
  private opened = 0;
  private torn = false;
  private waiting: SyncWaiter[] = [];
  private syncing = false;
  /** Descriptors of deleted files, closed after the running sync. */
  private removed: number[] = [];

  constructor(
    private readonly folder: string,
    name = `${hostname()}_${process.pid}_${Date.now()}`,
  ) {
    this.name = name;
    mkdirSync(folder, { recursive: true });
  }

  /**
   * Call it before the release is committed. A message that is `releasing` but
   * missing here becomes unknown after a crash.
   */
  recordClaimed(claims: readonly ReleasedClaim[]): void {
    if (claims.length === 0) return;
    const segment = this.segment();
    this.append(segment, claims.map((claim) => record('H', claim, claim.releaseId)).join(''));
    for (const key of claims.map(releaseKeyOf)) {
      segment.open.add(key);
      this.segmentOf.set(key, segment);
    }
  }

  /**
   * Resolves when the line is durable. From then on the message may have been
   * sent.
   * @throws Error if the disk fails.
   */
  async recordStarted(claim: ReleasedClaim, relay: string | null = null): Promise<void> {
    const route = relay === null ? '' : record('R', claim, relay);
    this.append(this.segmentOf.get(releaseKeyOf(claim)) ?? this.segment(), record('S', claim) + route);
    await new Promise<void>((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      if (!this.syncing) void this.syncAll();
    });
  }

  recordAccepted(claim: ReleasedClaim): void {
    this.append(this.segmentOf.get(releaseKeyOf(claim)) ?? this.segment(), record('A', claim));
  }

  /** The database has the outcome: the lines are no longer needed. */
  markSettled(claims: readonly ReleasedClaim[]): void {
    for (const key of claims.map(releaseKeyOf)) {
      const segment = this.segmentOf.get(key);
      segment?.open.delete(key);
      this.segmentOf.delete(key);
      if (segment !== undefined && segment !== this.current && segment.open.size === 0) this.remove(segment);
    }
  }

  /** Deletes settled files. Others stay for the next start. */
  close(): void {
    if (this.current !== null && this.current.open.size === 0) this.remove(this.current);
    this.current = null;
  }

  /**
   * Reads the journals of dead processes of this machine. A torn line is
   * ignored.
   * @param isAlive whether a process with this id is running.
   * @returns their content, and `forget`, which deletes the files. Call it
   *   after the database has the content.
   */
  static readAbandoned(
    folder: string,
    isAlive: (pid: number) => boolean,
    own: SendJournal | null = null,
  ): JournalState & { readonly forget: () => void } {
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(SUFFIX)) : [];
    const paths = names
      .filter((name) => own === null || !name.startsWith(`${own.name}_`))
      .filter((name) => isAbandoned(join(folder, name), isAlive))
      .map((name) => join(folder, name));
    return { ...stateOf(paths), forget: () => paths.forEach(unlinkIfThere) };
  }

  private segment(): Segment {
    if (this.current !== null && this.current.bytes < SEGMENT_BYTES) return this.current;
    if (this.current !== null && this.current.open.size === 0) this.remove(this.current);
    const path = join(this.folder, `${this.name}_${this.opened}${SUFFIX}`);
    this.opened += 1;
    this.current = { path, descriptor: openSync(path, 'a', 0o600), open: new Set(), bytes: 0 };
    this.segments.add(this.current);
    this.append(this.current, `B${bootId()}\n`);
    return this.current;
  }

  private append(segment: Segment, lines: string): void {
    // A failed write (full disk) must not merge with the next line.
    const text = this.torn ? `\n${lines}` : lines;
    this.torn = true;
    const bytes = Buffer.byteLength(text);
    // A full disk truncates a write without an error.
    if (writeSync(segment.descriptor, text) < bytes) throw new Error('The send journal was cut: the disk is full.');
    this.torn = false;
    segment.bytes += text.length;
  }

  private remove(segment: Segment): void {
    this.segments.delete(segment);
    unlinkIfThere(segment.path);
    // Closing a descriptor fails a running sync.
    if (this.syncing) this.removed.push(segment.descriptor);
    else closeSync(segment.descriptor);
  }

  private async syncAll(): Promise<void> {
    this.syncing = true;
    while (this.waiting.length > 0) {
      const group = this.waiting;
      this.waiting = [];
      try {
        const open = [...this.segments].filter((segment) => segment.open.size > 0);
        await Promise.all(open.map(({ descriptor }) => sync(descriptor)));
        for (const { resolve } of group) resolve();
      } catch (cause) {
        const error = new Error('The send journal could not be written; see JOURNAL_FOLDER.', { cause });
        for (const { reject } of group) reject(error);
      }
      this.removed.splice(0).forEach(closeSync);
    }
    this.syncing = false;
  }
}

/**
 * Whether the file belongs to a dead process of this machine. A file without a
 * boot id is of an older version.
 */
function isAbandoned(path: string, isAlive: (pid: number) => boolean): boolean {
  const owner = ownerOf(basename(path, SUFFIX).replace(/_\d+$/, ''));
  if (owner?.machine !== hostname()) return false;
  if (!isAlive(owner.pid)) return true;
  const [, boot] = BOOT.exec(readIfThere(path)) ?? [];
  return boot !== undefined && boot !== bootId();
}

/** Identifies a claim. */
export const keyOf = ({ id, fence }: Claim): string => `${id} ${fence}`;
const releaseKeyOf = (claim: JournalledClaim): string => `${keyOf(claim)} ${claim.releaseId}`;

const record = (kind: 'H' | 'S' | 'A' | 'R', claim: Claim, more: string | null = null): string =>
  `${kind}${keyOf(claim)}${more === null ? '' : ` ${more}`}\n`;

function stateOf(paths: readonly string[]): JournalState {
  const mine = new Map<string, JournalledClaim>();
  const handOffs = new Map<string, ReleaseId | null>();
  const found = { S: new Map<string, Claim>(), A: new Map<string, Claim>() };
  const relays = new Map<string, string>();
  for (const path of paths) {
    for (const line of readIfThere(path).split('\n').slice(0, -1)) {
      const [, kind, id, fence, more] = RECORD.exec(line) ?? [];
      if (kind === undefined) continue;
      const claim = { id: id as MessageId, fence: Number(fence) };
      const held = { ...claim, releaseId: (more ?? null) as ReleaseId | null };
      if (kind === 'H') {
        mine.set(releaseKeyOf(held), held);
        handOffs.set(keyOf(claim), held.releaseId);
      } else if (kind === 'R') relays.set(keyOf(claim), more ?? '');
      else found[kind as 'S' | 'A'].set(keyOf(claim), claim);
    }
  }
  const begun = ([key, claim]: [string, Claim]): StartedClaim => ({
    ...claim,
    releaseId: handOffs.get(key) ?? null,
    relay: relays.get(key) ?? null,
  });
  return {
    claimed: [...mine.values()],
    started: [...found.S].filter(([key]) => !found.A.has(key)).map(begun),
    accepted: [...found.A].map(begun),
  };
}

/**
 * Two processes may recover the same folder at once. The second finds nothing.
 */
function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
function unlinkIfThere(path: string): void {
  if (existsSync(path)) unlinkSync(path);
}
