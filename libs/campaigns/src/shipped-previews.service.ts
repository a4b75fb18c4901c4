import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import { requirePermission } from '#identity';
import { Jobs } from '#jobs';
import type { VendorActor } from '#kernel';
import { SHOW_SHIPPED } from './campaigns.jobs.js';
import { LAYOUT_LANGUAGES } from './layout-package.js';

type Shipped = z.output<typeof SHOW_SHIPPED.data>;

/** A first picture waits for those before it, and for the compiler to load. */
const RENDER_TIMEOUT_MS = 60_000;
/** All templates and layouts in both languages of the portal, 60 kB each. */
const KEPT_IN_MEMORY = 60;

/**
 * Pictures of the gallery: the first e-mail of a template, or a layout, as its
 * readers see it. Each is rendered when it is first looked at, then kept: at the
 * start of the product they would cost seconds.
 */
@Injectable()
export class ShippedPreviews {
  private readonly kept = new LRUCache<string, string, Shipped>({
    max: KEPT_IN_MEMORY,
    ignoreFetchAbort: true,
    fetchMethod: async (_key, _stale, { context }) =>
      (await this.jobs.request(SHOW_SHIPPED, context, RENDER_TIMEOUT_MS)).html,
  });

  constructor(private readonly jobs: Jobs) {}

  /** @throws DomainError `campaign-template.not-found`, `campaign-layout.not-found`. */
  async html(actor: VendorActor, of: Shipped['of'], name: string, locale: string): Promise<string> {
    requirePermission(actor, 'campaigns.read');
    const language = LAYOUT_LANGUAGES.find((one) => one === locale.split('-', 1)[0]) ?? LAYOUT_LANGUAGES[0];
    return this.kept.forceFetch(`${of} ${name} ${language}`, { context: { of, name, locale: language } });
  }
}
