import { Injectable } from '@nestjs/common';
import { SendingIdentities } from '#brand';
import { Contacts, SendPolicy } from '#contacts';
import { Destinations, Halts } from '#delivery';
import type { ContactId, SystemActor, VendorId } from '#kernel';
import { MailTransport } from '#mailer';
import { ContactFrequency } from './contact-frequency.service.js';
import { InFlightChunks } from './in-flight-chunks.service.js';
import type { VendorFacts } from './preflight-decisions.js';
import { domainOf } from './sending-stream.js';

/** A vendor whose relays are saturated is checked again after this. */
const BUSY_MS = 30_000;

/**
 * Reads everything that decides whether messages of one vendor may be sent now.
 */
@Injectable()
export class PreflightFacts {
  constructor(
    private readonly halts: Halts,
    private readonly identities: SendingIdentities,
    private readonly policy: SendPolicy,
    private readonly contacts: Contacts,
    private readonly frequency: ContactFrequency,
    private readonly destinations: Destinations,
    private readonly transport: MailTransport,
    private readonly inFlight: InFlightChunks,
  ) {}

  /**
   * In the open transaction. Locks the frequency preferences of the contacts
   * until it ends.
   */
  async load(actor: SystemActor, vendorId: VendorId, ids: readonly ContactId[], now: Date): Promise<VendorFacts> {
    const halts = await this.halts.inForce(actor);
    const identity = await this.identities.forMembership(actor, vendorId);
    const decisions = await this.policy.decide(actor, vendorId, ids, now);
    const contacts = new Map((await this.contacts.byIds(actor, ids)).map((contact) => [contact.id, contact]));
    const preferences = await this.frequency.lockPreferences(actor, ids, now);
    const refusedTopics = await this.frequency.refusedTopics(actor, ids);
    const pausedUntil = await this.destinations.paused([...contacts.values()].map(({ email }) => domainOf(email)));
    const after = (ms: number): Date | null => (ms === 0 ? null : new Date(now.getTime() + ms));
    return {
      halts,
      identity,
      contacts,
      decisions,
      preferences,
      refusedTopics,
      pausedUntil,
      relaysRestUntil: after(this.transport.backOffMs(vendorId)),
      relaysBusyUntil: after(this.inFlight.isSaturated(vendorId) ? BUSY_MS : 0),
    };
  }
}
