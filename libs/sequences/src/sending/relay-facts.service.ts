import { Injectable } from '@nestjs/common';
import { type VendorServer, VendorServers } from '#activations';
import type { SystemActor, VendorId } from '#kernel';
import { MailTransport } from '#mailer';
import { InFlightChunks } from './in-flight-chunks.service.js';

/** A vendor whose relays are saturated is checked again after this. */
const BUSY_MS = 30_000;

/** What is known of the relays of a vendor, at a release. */
interface KnownOfRelays {
  /** Those that need the partner's consent. */
  readonly servers: readonly VendorServer[];
  /** Until when none accepts messages, or null. */
  readonly restUntil: Date | null;
  /** Until when they are saturated, or null. */
  readonly busyUntil: Date | null;
}

/** Reads whether mail of a partner may go to the relays of a vendor now. */
@Injectable()
export class RelayFacts {
  constructor(
    private readonly servers: VendorServers,
    private readonly transport: MailTransport,
    private readonly inFlight: InFlightChunks,
  ) {}

  /** In the open transaction of the release. */
  async load(actor: SystemActor, vendorId: VendorId, now: Date): Promise<KnownOfRelays> {
    const after = (ms: number): Date | null => (ms === 0 ? null : new Date(now.getTime() + ms));
    return {
      servers: await this.servers.list(actor, vendorId),
      restUntil: after(this.transport.backOffMs(vendorId)),
      busyUntil: after(this.inFlight.isSaturated(vendorId) ? BUSY_MS : 0),
    };
  }
}
