import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { VendorId } from '#kernel';

/** Two hundred messages take a second or two of a relay that is well. */
const SLOW_MS = 5_000;
/**
 * So many slow chunks of a vendor keep each relay connection of it busy; more
 * would only grow old in front of them.
 */
const MAX_SLOW_CHUNKS = 2;

interface Chunk {
  readonly sinceMs: number;
  vendorIds: readonly VendorId[];
}

/**
 * What this process is handing over. A chunk whose relay is slow gives up its
 * job's place in the queue and goes on beside it, so that one vendor's mail
 * server that takes a message a minute holds nobody else up; and while a vendor
 * has two such, no more of it is begun.
 */
@Injectable()
export class InFlightChunks implements BeforeApplicationShutdown {
  private readonly logger = new Logger(InFlightChunks.name);
  private readonly chunks = new Map<Chunk, Promise<void>>();

  /**
   * @param work told to name the vendors of its messages once it knows them.
   * @returns when the work is done, or when it has taken so long that others
   *   should have its place. It fails only as long as it is waited for.
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

  /**
   * Whether as much of a vendor's mail waits for its relays here as is of any
   * use.
   */
  isSaturated(vendorId: VendorId): boolean {
    const before = performance.now() - SLOW_MS;
    const slow = [...this.chunks.keys()].filter((one) => one.sinceMs < before && one.vendorIds.includes(vendorId));
    return slow.length >= MAX_SLOW_CHUNKS;
  }

  /** What has begun is finished before the process ends, as jobs are. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.chunks.values());
  }
}
