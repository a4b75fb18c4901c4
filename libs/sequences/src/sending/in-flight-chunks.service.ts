import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { VendorId } from '#kernel';

/** A healthy relay takes one or two seconds for two hundred messages. */
const SLOW_MS = 5_000;
/**
 * Maximum number of slow chunks per vendor. They keep every relay connection of
 * the vendor busy; further chunks would only wait.
 */
const MAX_SLOW_CHUNKS = 2;

interface Chunk {
  readonly sinceMs: number;
  vendorIds: readonly VendorId[];
}

/**
 * The chunks that this process submits. A chunk whose relay is slow frees its
 * job's slot in the queue and continues in the background: a mail server that
 * accepts one message a minute must not delay other vendors. While a vendor has
 * two slow chunks, no further chunk of it begins.
 */
@Injectable()
export class InFlightChunks implements BeforeApplicationShutdown {
  private readonly logger = new Logger(InFlightChunks.name);
  private readonly chunks = new Map<Chunk, Promise<void>>();

  /**
   * @param work receives a function, and calls it with the vendors of its
   *   messages.
   * @returns when the work is done, or is slow and continues in the background.
   *   Errors are thrown only until then.
   */
  async track(work: (name: (vendorIds: readonly VendorId[]) => void) => Promise<void>): Promise<void> {
    const chunk: Chunk = { sinceMs: performance.now(), vendorIds: [] };
    const done = work((vendorIds) => (chunk.vendorIds = vendorIds)).finally(() => this.chunks.delete(chunk));
    this.chunks.set(chunk, done);
    let timer: NodeJS.Timeout | undefined;
    const slow = new Promise<'slow'>((resolve) => {
      timer = setTimeout(() => {
        resolve('slow');
      }, SLOW_MS);
    });
    const first = await Promise.race([done, slow]).finally(() => {
      clearTimeout(timer);
    });
    if (first === 'slow')
      done.catch((error: unknown) => {
        this.logger.error('A slow chunk could not be finished; what of it went out the journal knows.', error);
      });
  }

  /** Whether a vendor has the maximum number of slow chunks in this process. */
  isSaturated(vendorId: VendorId): boolean {
    const before = performance.now() - SLOW_MS;
    const slow = [...this.chunks.keys()].filter((one) => one.sinceMs < before && one.vendorIds.includes(vendorId));
    return slow.length >= MAX_SLOW_CHUNKS;
  }

  /** Resolves when the chunks that are in flight now have ended, however they did. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.chunks.values());
  }

  /** Waits for all chunks before the process ends. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.ended();
  }
}
