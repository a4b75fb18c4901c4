import { MessageLinks } from '#engagement';
import type { MessageId } from '#kernel';
import { AS_BROWSERS_DO } from '../support/scanner-traffic.js';
import { until } from '../support/until.js';
import type { SendingPartner } from '../support/sending-site.js';
import type { FaultSite } from './fault-site.js';

/**
 * Each event triggers the same steps: a webhook and a notification.
 * A loop in a sequence must take time; this one continues.
 */
export const listening = (rounds: number): readonly object[] => [
  { key: 'welcome', email: 'welcome' },
  ...Array.from({ length: rounds }, (_, at) => at + 1).flatMap((round) => [
    {
      key: `hear-${round}`,
      until: [
        { event: 'ping', then: `hook-${round}` },
        { click: 'any', then: `hook-${round}` },
      ],
      within: { days: 30 },
      else: 'end',
    },
    { key: `hook-${round}`, webhook: 'pinged' },
    { key: `note-${round}`, notify: 'welcome.subject' },
  ]),
  { key: 'lead', createLead: true },
];
const PERSON = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';
const AT_ONCE = 10;
const HURRY_MS = 1_000;

interface Listener {
  readonly contactId: string;
  readonly messageId: MessageId;
}
interface Step {
  readonly contactId: string;
  readonly stepKey: string;
  readonly outcome: string;
  readonly decidedMs: number;
}

/**
 * Contacts that wait for an event, and the time until it has reached their
 * step.
 */
export class ListeningCrowd {
  /**
   * When each event was reported, by round from 1 (milliseconds since the
   * epoch).
   */
  private readonly told = new Map<string, number[]>();

  private constructor(
    private readonly faults: FaultSite,
    private readonly partner: SendingPartner,
    private readonly people: readonly Listener[],
  ) {}

  /** Launches to this many contacts, and waits until each has the mail. */
  static async launch(faults: FaultSite, size: number): Promise<ListeningCrowd> {
    const partner = await faults.site.aPartner('Listening IT');
    await faults.site.launch(partner, size);
    // On a busy machine a chunk may outlive a short lease.
    // The rest then waits for a minute, which is not what is measured here.
    const haveMail = async (): Promise<boolean> => {
      if (faults.server.accepted.size >= size) return true;
      await faults.hurry();
      await new Promise((resolve) => setTimeout(resolve, HURRY_MS));
      return false;
    };
    await until(haveMail, 'the mails');
    const people = await faults.site.api.asOwner<Listener>(
      'SELECT contact_id AS "contactId", id AS "messageId" FROM delivery.message',
    );
    const underWay = (): Promise<unknown[]> =>
      faults.site.api.asOwner(`SELECT 1 FROM delivery.message WHERE state <> 'accepted'`);
    await until(async () => (await underWay()).length === 0, 'the record of the mails');
    // Clicks right after arrival are held for a check. These are an hour later.
    await faults.site.api.asOwner(`UPDATE delivery.message SET settled_at = settled_at - interval '1 hour'`);
    return new ListeningCrowd(faults, partner, people);
  }

  /**
   * The partner's systems report an event for every contact, and each is
   * awaited.
   */
  ping(): Promise<void> {
    return this.round(async ({ contactId }) => {
      await this.partner.owner.post(`/api/v1/contacts/${contactId}/events`, { name: 'ping' }).expect(200);
    });
  }

  /** Every contact follows a link. */
  click(): Promise<void> {
    const { api } = this.faults.site;
    const messageLinks = api.app.get(MessageLinks, { strict: false });
    return this.round(async ({ messageId }) => {
      const [link] = Object.values(messageLinks.linksOf(messageId, ['offer']));
      await api.http
        .get(new URL(link ?? '').pathname)
        .set({ ...AS_BROWSERS_DO, 'User-Agent': PERSON })
        .redirects(0)
        .expect(302);
    });
  }

  /** All decisions. */
  steps(): Promise<Step[]> {
    return this.faults.site.api.asOwner<Step>(
      `SELECT contact_id AS "contactId", step_key AS "stepKey", outcome, extract(epoch FROM decided_at)::float8 * 1000 AS "decidedMs"
       FROM sequences.step_execution ORDER BY contact_id, step_key`,
    );
  }

  /**
   * Milliseconds from the answer to the caller until the step was done, by
   * round, sorted.
   */
  async latencies(first: number, last: number): Promise<number[]> {
    const rounds = Array.from({ length: last - first + 1 }, (_, at) => first + at);
    const steps = await this.steps();
    return rounds
      .flatMap((round) =>
        steps
          .filter(({ stepKey }) => stepKey === `hook-${round}`)
          .map(({ contactId, decidedMs }) => decidedMs - (this.told.get(contactId)?.[round - 1] ?? NaN)),
      )
      .sort((a, b) => a - b);
  }

  private async round(tell: (listener: Listener) => Promise<void>): Promise<void> {
    const rounds = (this.told.get(this.people[0]?.contactId ?? '')?.length ?? 0) + 1;
    for (let at = 0; at < this.people.length; at += AT_ONCE)
      await Promise.all(
        this.people.slice(at, at + AT_ONCE).map(async (listener) => {
          await tell(listener);
          this.told.set(listener.contactId, [...(this.told.get(listener.contactId) ?? []), Date.now()]);
        }),
      );
    const areThere = async (): Promise<boolean> => {
      const steps = await this.steps().catch(() => []);
      const done = steps.filter(({ stepKey, outcome }) => stepKey === `note-${rounds}` && outcome === 'sent');
      return done.length === this.people.length;
    };
    await until(areThere, `the steps of round ${rounds}`, 120_000);
  }
}
