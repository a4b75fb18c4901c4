import type { Frame, Page, Request } from 'playwright-core';
import { until } from '../support/until.js';

/**
 * A screen asks for more within this of an answer, or it has asked for
 * everything.
 */
const QUIET_MS = 400;
/** A busy machine draws every preview of a campaign in it. */
const LONGEST_MS = 60_000;
/** These stay open by nature. */
const STREAMS = new Set(['eventsource', 'websocket', 'ping']);

/**
 * What a page waits for. Chromium's own "network idle" also counts what a
 * preview asked for that was taken away meanwhile, and then never comes.
 */
export class PageRequests {
  /**
   * Each with the frame that asked; the frame of a document that is still to
   * come is not known.
   */
  private readonly open = new Map<Request, Frame | null>();
  private lastAt = performance.now();

  constructor(page: Page) {
    page.on('request', (request) => {
      if (STREAMS.has(request.resourceType())) return;
      this.change(() => this.open.set(request, request.isNavigationRequest() ? null : request.frame()));
    });
    page.on('requestfinished', (request) => this.change(() => this.open.delete(request)));
    page.on('requestfailed', (request) => this.change(() => this.open.delete(request)));
    page.on('framedetached', (frame) => {
      for (const [request, asker] of this.open) if (asker === frame) this.change(() => this.open.delete(request));
    });
  }

  /** @throws Error that names what has not been answered. */
  async allAnswered(): Promise<void> {
    await until(
      () => Promise.resolve(this.open.size === 0 && performance.now() - this.lastAt > QUIET_MS),
      () => `answers to ${[...this.open.keys()].map((request) => request.url()).join(', ')}`,
      LONGEST_MS,
    );
  }

  /**
   * Waits for what changes something; what is only read may go unheard.
   * @throws Error that names what has not been answered.
   */
  async changesAnswered(): Promise<void> {
    const changes = (): Request[] => [...this.open.keys()].filter((request) => request.method() !== 'GET');
    await until(
      () => changes().length === 0,
      () =>
        `answers to ${changes()
          .map((request) => `${request.method()} ${request.url()}`)
          .join(', ')}`,
      LONGEST_MS,
    );
  }

  private change(what: () => void): void {
    what();
    this.lastAt = performance.now();
  }
}
