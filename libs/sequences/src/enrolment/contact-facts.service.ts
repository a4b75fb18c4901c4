import { Injectable } from '@nestjs/common';
import type { RunningActivation } from '#activations';
import { ContactLists, Contacts } from '#contacts';
import { Database } from '#database';
import { HumanInteractions } from '#engagement';
import { type ContactId, type EnrolmentId, type SystemActor, systemActor } from '#kernel';
import { type Facts, type SequenceEvent, NOTHING_KNOWN } from '#sequencing';

interface RecordedEvent {
  readonly contactId: ContactId;
  readonly kind: 'event' | 'lead';
  readonly name: string;
  readonly at: Date;
}

/** What conditions ask about contacts, as it is now. */
@Injectable()
export class ContactFacts {
  readonly unknown = NOTHING_KNOWN;

  constructor(
    private readonly database: Database,
    private readonly contacts: Contacts,
    private readonly lists: ContactLists,
    private readonly interactions: HumanInteractions,
  ) {}

  /**
   * Facts of contacts of one activation, in the open transaction of the
   * partner's scope.
   */
  async load(
    { activation, landingPage }: Pick<RunningActivation, 'activation' | 'landingPage'>,
    enrolled: readonly { readonly id: EnrolmentId; readonly contactId: ContactId; readonly enrolledAt: Date }[],
  ): Promise<Map<EnrolmentId, Facts>> {
    if (enrolled.length === 0) return new Map();
    const ids = enrolled.map(({ contactId }) => contactId);
    const actor: SystemActor = systemActor('scheduler', { partnerId: activation.partnerId });
    const contacts = new Map((await this.contacts.byIds(actor, ids)).map((contact) => [contact.id, contact]));
    const lists = await this.lists.namesOf(actor, ids);
    const interactions = await this.interactions.ofContacts(actor, activation.id, ids);
    const recorded = await this.database.query<RecordedEvent>(
      `SELECT contact_id, kind, name, at FROM sequences.event
       WHERE contact_id = ANY ($1) AND (activation_id IS NULL OR activation_id = $2) ORDER BY at, id`,
      [ids, activation.id],
    );
    return new Map(
      enrolled.map(({ id, contactId, enrolledAt }) => {
        const ownRecorded = recorded.filter((one) => one.contactId === contactId);
        const done = interactions
          .filter((interaction) => interaction.contactId === contactId)
          .map(({ kind, link, at }): SequenceEvent => ({ kind, name: kind === 'form' ? landingPage : link, at }));
        const events = [...done, ...ownRecorded].filter(({ at }) => at >= enrolledAt);
        const leadState = ownRecorded.filter(({ kind }) => kind === 'lead').at(-1)?.name ?? null;
        return [
          id,
          {
            events,
            fields: contacts.get(contactId) ?? {},
            leadState: leadState as Facts['leadState'],
            lists: lists.get(contactId) ?? [],
          },
        ];
      }),
    );
  }
}
