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

/** A message in hand, by the claim under which it was taken. */
export interface Claim {
  readonly id: MessageId;
  readonly fence: number;
}

/** A claim that was handed off. */
export interface ReleasedClaim extends Claim {
  /** By which hand-off: another may hold the same claim after this one was undone. */
  readonly releaseId: ReleaseId;
}

/** A claim that a journal tells of. */
interface JournalledClaim extends Claim {
  /** Null where an older version wrote it down. */
  readonly releaseId: ReleaseId | null;
}

/** A claim whose end of data may have gone out. */
interface StartedClaim extends JournalledClaim {
  /** To which relay, by its name in the ledger; null where nobody wrote that down. */
  readonly relay: string | null;
}

/** What a dead process knew of messages that it had in hand. */
export interface JournalState {
  /** Taken in hand, whatever became of them. */
  readonly claimed: readonly JournalledClaim[];
  /** The end of data may have gone out, and no answer stands here. */
  readonly started: readonly StartedClaim[];
  /** The relay said 250. */
  readonly accepted: readonly StartedClaim[];
}

const SUFFIX = '.journal';
const BOOT = /^B(\S+)\n/;
const RECORD = /^([HSAR])([0-9a-f-]{36}) (\d+)(?: (\S+))?$/;
/** A file is left for a new one past this size, and removed once all its messages are settled. */
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
 * What this process knows beyond the database around SMTP's point of no return: `H` taken in hand, and by which hand-off, `S` before the
 * dot, `A` right after the 250, each with the fence of its claim; `R` by which relay, a line of its own, which an older version passes over.
 * The first line, `B`, is the boot of the machine: after another one its process ids are other processes'. Files on local disk, named by machine and process; whoever starts or sweeps on this machine later reads what a dead process left.
 *
 * An `S` is on the disk before its end of data goes out, or a power cut could repeat a message. One sync serves all that wait for one:
 * alone, a sync of 1 to 5 ms each would be the slowest step of sending.
 */
export class SendJournal {
  /** Each hand-off has its own: a message may be in hand again before what became of it the last time is written. */
  private readonly segmentOf = new Map<string, Segment>();
  /** Whose files are there. */
  private readonly segments = new Set<Segment>();
  private readonly name: string;
  private current: Segment | null = null;
  private opened = 0;
  private torn = false;
  private waiting: SyncWaiter[] = [];
  private syncing = false;
  /** Descriptors of files that were removed while a sync was under way. */
  private removed: number[] = [];

  constructor(
    private readonly folder: string,
    name = `${hostname()}_${process.pid}_${Date.now()}`,
  ) {
    this.name = name;
    mkdirSync(folder, { recursive: true });
  }

  /** To be called before the ledger's `handing_off` is committed: what stands there and not here is unknown after a crash. */
  recordClaimed(claims: readonly ReleasedClaim[]): void {
    if (claims.length === 0) return;
    const segment = this.segment();
    this.append(segment, claims.map((claim) => record('H', claim, claim.releaseId)).join(''));
    for (const key of claims.map(releaseKeyOf)) {
      segment.open.add(key);
      this.segmentOf.set(key, segment);
    }
  }

  /** Resolves when it is durable: after it, nobody may assume that the message did not go out. @throws Error when the disk refuses. */
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

  /** The database knows what became of them: nothing is left to keep. */
  markSettled(claims: readonly ReleasedClaim[]): void {
    for (const key of claims.map(releaseKeyOf)) {
      const segment = this.segmentOf.get(key);
      segment?.open.delete(key);
      this.segmentOf.delete(key);
      if (segment !== undefined && segment !== this.current && segment.open.size === 0) this.remove(segment);
    }
  }

  /** Removes what is settled. What is not stays on the disk for whoever comes next. */
  close(): void {
    if (this.current !== null && this.current.open.size === 0) this.remove(this.current);
    this.current = null;
  }

  /**
   * Reads what dead processes of this machine left; a torn line is no line.
   * @param isAlive whether a process id is somebody's who still works.
   * @returns what they knew, and `forget` to be called when the database knows it, too.
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
    // A write that failed halfway (a full disk) must not run into the next line.
    const text = this.torn ? `\n${lines}` : lines;
    this.torn = true;
    const bytes = Buffer.byteLength(text);
    // What crosses the end of a disk is cut without an error.
    if (writeSync(segment.descriptor, text) < bytes) throw new Error('The send journal was cut: the disk is full.');
    this.torn = false;
    segment.bytes += text.length;
  }

  private remove(segment: Segment): void {
    this.segments.delete(segment);
    unlinkIfThere(segment.path);
    // A sync that is under way would fail for all that wait for it.
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

/** Whether a file is of a process of this machine that lives no more. Where no boot is named, an older version wrote it. */
function isAbandoned(path: string, isAlive: (pid: number) => boolean): boolean {
  const owner = ownerOf(basename(path, SUFFIX).replace(/_\d+$/, ''));
  if (owner?.machine !== hostname()) return false;
  if (!isAlive(owner.pid)) return true;
  const [, boot] = BOOT.exec(readIfThere(path)) ?? [];
  return boot !== undefined && boot !== bootId();
}

/** What tells claims apart. */
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

/** Two processes may sweep the same folder at once; both do the same, and the second finds nothing. */
function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
function unlinkIfThere(path: string): void {
  if (existsSync(path)) unlinkSync(path);
}
