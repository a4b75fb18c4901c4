import { Injectable } from '@nestjs/common';
import { longestWindowMs, Preferences, SendPolicy } from '#contacts';
import { ContactSendHistory } from '#delivery';
import { type ContactId, DAY_MS } from '#kernel';
import { EmailsOfDay } from '../sending/emails-of-day.js';
import { EmailsOfDayReader } from '../sending/emails-of-day.service.js';
import type { CohortProfile, CountedSend, Permission } from './cohort.js';
import type { DryRunPlan } from './dry-run-plans.service.js';

/** Permission and earlier e-mails of a contact. */
type ContactFacts = Pick<CohortProfile, 'permission' | 'lastMailAt' | 'sends'>;

/** What decides about some contacts besides their own rows. */
export interface ContactFactsOfPage {
  /** A contact that was erased meanwhile may not be written to. */
  readonly ofContact: (id: ContactId) => ContactFacts;
  readonly emailsOfDay: EmailsOfDay;
}

/**
 * Reads permissions, frequency preferences and earlier e-mails of contacts.
 */
@Injectable()
export class DryRunFacts {
  constructor(
    private readonly policy: SendPolicy,
    private readonly preferences: Preferences,
    private readonly history: ContactSendHistory,
    private readonly emailsOfDay: EmailsOfDayReader,
  ) {}

  /** In the open transaction of the partner's scope. */
  async read(
    { actor, offer, startAt, cache, optOuts }: DryRunPlan,
    ids: readonly ContactId[],
    now: Date,
  ): Promise<ContactFactsOfPage> {
    const { vendorId, theme } = offer.version;
    const decisions = await this.policy.decide(actor, vendorId, ids, startAt, optOuts);
    const refused = await this.preferences.refusedTopics(actor, ids);
    const wishes = await this.preferences.intervalDays(actor, ids);
    const last = wishes.size === 0 ? new Map<ContactId, Date>() : await this.history.lastSubmitted([...wishes.keys()]);
    // Older e-mails count in no frequency window. One day is added because
    // clocks may differ.
    const windowMs = longestWindowMs([...cache.caps.ofMembership, ...cache.caps.ofPartner]) + DAY_MS;
    const sends = await this.history.frequencyUses(vendorId, ids, new Date(startAt.getTime() - windowMs));
    const known = new Map(
      [...decisions].map(([id, decision]): [ContactId, ContactFacts] => {
        const hasRefusedTopic = refused.get(id)?.has(theme) ?? false;
        const permission = cache.sharedPermission({ decision, hasRefusedTopic, everyDays: wishes.get(id) ?? null });
        return [id, { permission, lastMailAt: last.get(id) ?? null, sends: sends.get(id) ?? NO_SENDS }];
      }),
    );
    const gone = { permission: cache.sharedPermission(GONE), lastMailAt: null, sends: NO_SENDS };
    return {
      ofContact: (id) => known.get(id) ?? gone,
      // A vendor's forecast must not depend on what else a partner sends.
      emailsOfDay: optOuts === 'of-partner' ? await this.emailsOfDay.read(actor, ids, now) : new EmailsOfDay(null, []),
    };
  }
}

const NO_SENDS: readonly CountedSend[] = [];
/** The contact was erased after its page was read. */
const GONE: Permission = {
  decision: { send: false, reason: 'contact-gone' },
  hasRefusedTopic: false,
  everyDays: null,
};
