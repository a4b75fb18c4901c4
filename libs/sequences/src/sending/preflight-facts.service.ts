import { Injectable } from '@nestjs/common';
import { SendingIdentities } from '#brand';
import { Contacts, SendPolicy } from '#contacts';
import { Destinations, Halts } from '#delivery';
import type { ContactId, SystemActor, VendorId } from '#kernel';
import { ContactFrequency } from './contact-frequency.service.js';
import type { EmailsOfDay } from './emails-of-day.js';
import { EmailsOfDayReader } from './emails-of-day.service.js';
import type { VendorFacts } from './preflight-decisions.js';
import { RelayFacts } from './relay-facts.service.js';
import { domainOf } from './sending-stream.js';

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
    private readonly relays: RelayFacts,
    private readonly emailsOfDay: EmailsOfDayReader,
  ) {}

  /**
   * In the open transaction. What contacts of a chunk got today in several
   * campaigns; locks these contacts until it ends.
   */
  lockEmailsOfDay(actor: SystemActor, ids: readonly ContactId[], now: Date): Promise<EmailsOfDay> {
    return this.emailsOfDay.lock(actor, ids, now);
  }

  /**
   * In the open transaction. Locks the frequency preferences of the contacts
   * until it ends.
   * @param emailsOfDay of the whole chunk, over all vendors: `lockEmailsOfDay`.
   */
  async load(
    actor: SystemActor,
    vendorId: VendorId,
    ids: readonly ContactId[],
    emailsOfDay: EmailsOfDay,
    now: Date,
  ): Promise<VendorFacts> {
    const halts = await this.halts.inForce(actor);
    const identity = await this.identities.forMembership(actor, vendorId);
    const decisions = await this.policy.decide(actor, vendorId, ids, now);
    const contacts = new Map((await this.contacts.byIds(actor, ids)).map((contact) => [contact.id, contact]));
    const preferences = await this.frequency.lockPreferences(actor, ids, now);
    const refusedTopics = await this.frequency.refusedTopics(actor, ids);
    const pausedUntil = await this.destinations.paused([...contacts.values()].map(({ email }) => domainOf(email)));
    const relays = await this.relays.load(actor, vendorId, now);
    return {
      halts,
      identity,
      emailsOfDay,
      contacts,
      decisions,
      preferences,
      refusedTopics,
      pausedUntil,
      servers: relays.servers,
      relaysRestUntil: relays.restUntil,
      relaysBusyUntil: relays.busyUntil,
    };
  }
}
