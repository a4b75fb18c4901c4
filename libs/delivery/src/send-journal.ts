import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { MessageId } from '#kernel';

export interface JournalState {
  /** Taken in hand, with what is known of the rest. */
  readonly mine: readonly MessageId[];
  /** The dot may have gone out. */
  readonly begun: readonly MessageId[];
  /** The relay said 250. */
  readonly accepted: readonly MessageId[];
}

/**
 * What this process knows beyond the database around SMTP's point of no return: `H` taken in hand, `S` written just before
 * the dot, `A` right after the 250. A file of its own per process; it is read when the process, or its successor on this
 * disk, starts.
 */
export class SendJournal {
  private readonly file: string;
  private readonly descriptor: number;

  constructor(folder: string, name = `${process.pid}-${Date.now()}`) {
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, `${name}.journal`);
    this.descriptor = openSync(this.file, 'a', 0o600);
  }

  inHand(ids: readonly MessageId[]): void {
    for (const id of ids) writeSync(this.descriptor, `H${id}\n`);
  }

  /** Durable before it returns: after it, nobody may assume that the message did not go out. */
  begin(id: MessageId): void {
    writeSync(this.descriptor, `S${id}\n`);
    fsyncSync(this.descriptor);
  }

  accepted(id: MessageId): void {
    writeSync(this.descriptor, `A${id}\n`);
  }

  /** Everything is settled in the database: nothing is left to know. */
  close(): void {
    closeSync(this.descriptor);
    unlinkSync(this.file);
  }

  /** Reads and removes what dead processes left on this disk; a torn last line is no line. @param alive pids to leave alone. */
  static takeOver(folder: string, isAlive: (pid: number) => boolean): JournalState {
    const state = { mine: new Set<MessageId>(), begun: new Set<MessageId>(), accepted: new Set<MessageId>() };
    const files = existsSync(folder)
      ? readdirSync(folder).filter((name) => name.endsWith('.journal') && !isAlive(Number(name.split('-')[0])))
      : [];
    for (const name of files) {
      const path = join(folder, name);
      for (const line of readFileSync(path, 'utf8').split('\n').slice(0, -1)) {
        const id = line.slice(1) as MessageId;
        if (line.startsWith('H')) state.mine.add(id);
        else if (line.startsWith('S')) state.begun.add(id);
        else if (line.startsWith('A')) state.accepted.add(id);
      }
      unlinkSync(path);
    }
    return {
      mine: [...state.mine],
      begun: [...state.begun].filter((id) => !state.accepted.has(id)),
      accepted: [...state.accepted],
    };
  }
}
