import { reasonSentence } from '#sequences';
import type { SendingPartner } from '../support/sending-site.js';
import { until } from '../support/until.js';
import { FaultSite, NOTHING_LOST_OR_TWICE } from './fault-site.js';

const PARTNERS = 50;
const CAP = 2;
const ADDRESS = 'popular@example.com';
/**
 * Contacts that only one partner has: mail to them shows that every partner had
 * its turn.
 */
const OTHERS = 2;
const SCHEDULERS = ['scheduler-1', 'scheduler-2', 'scheduler-3', 'scheduler-4'];
/**
 * Each scheduler releases four chunks at once, one partner each: sixteen
 * compete for the address.
 */
const CONNECTIONS = 32;
const MINUTES = 60_000;

interface Told {
  readonly contactId: string;
  readonly outcome: string;
  readonly reason: string;
  readonly sentence: string;
}

describe('one address in the lists of fifty partners that send at the same moment, with a cap of two', () => {
  let faults: FaultSite;
  /** Each with its contact of that address, and its activation. */
  const holders: { readonly partner: SendingPartner; readonly contactId: string; readonly activationId: string }[] = [];

  beforeAll(async () => {
    faults = await FaultSite.open(
      { connections: CONNECTIONS, leaseSeconds: 60 },
      { environment: { FREQUENCY_CAP: String(CAP) } },
    );
    faults.server.delayMs = 20;
    await Promise.all(SCHEDULERS.map((name) => faults.start(name)));
    // All are launched and due before the first may be sent.
    await faults.operate('halt', 'everything', '--reason', 'a test');
    const partners = [await faults.site.aPartner('Partner 0')];
    while (partners.length < PARTNERS)
      partners.push(await faults.site.aPartnerLike(partners[0]!, `Partner ${partners.length}`));
    for (const partner of partners) {
      const listId = await faults.site.aList(partner, OTHERS);
      const contact = { email: ADDRESS, consent: { basis: 'customer' }, listIds: [listId] };
      const { body } = await partner.owner.post('/api/v1/contacts', contact).expect(201);
      const activationId = await faults.site.activate(partner, listId);
      holders.push({ partner, contactId: (body as { id: string }).id, activationId });
    }
    const isDue = async (): Promise<boolean> => {
      const [due] = await faults.site.api.asOwner<{ n: number }>(
        `SELECT count(*)::int AS n FROM sequences.enrolment WHERE state = 'waiting' AND due_at <= now()`,
      );
      return due?.n === PARTNERS * (OTHERS + 1);
    };
    await until(isDue, 'all contacts to be due', 2 * MINUTES);
    expect(faults.server.accepted.size).toBe(0);
    await faults.operate('lift', 'everything');
    await faults.settled(2 * MINUTES);
  }, 6 * MINUTES);
  afterAll(() => faults.close(), MINUTES);

  /** The decisions of an activation, as its partner reads them. */
  const toldTo = async ({ partner, activationId }: (typeof holders)[number]): Promise<Told[]> => {
    const { body } = await partner.owner.get(`/api/v1/activations/${activationId}/messages?limit=100`).expect(200);
    return (body as { items: Told[] }).items;
  };

  it('receives exactly two mails, by the log of the server', async () => {
    expect(faults.server.takenFor.get(ADDRESS)).toBe(CAP);
    expect(await faults.fallen()).toEqual([]);
    expect(await faults.reckon()).toMatchObject({
      ...NOTHING_LOST_OR_TWICE,
      delivered: PARTNERS * OTHERS + CAP,
      unknownLeft: 0,
      unknownThatWereDelivered: 0,
    });
    expect(faults.server.takenFor.size).toBe(PARTNERS * OTHERS + 1);
  });

  it('has one decision per partner: two sent, and forty-eight skipped by the cap', async () => {
    const decisions: Told[] = [];
    for (const holder of holders) {
      const told = await toldTo(holder);
      expect(told).toHaveLength(OTHERS + 1);
      decisions.push(...told.filter(({ contactId }) => contactId === holder.contactId));
    }
    expect(decisions).toHaveLength(PARTNERS);
    const of = (outcome: string, reason: string): number =>
      decisions.filter((told) => told.outcome === outcome && told.reason === reason).length;
    expect({ sent: of('sent', 'sent'), capped: of('skipped', 'contact-policy') }).toEqual({
      sent: CAP,
      capped: PARTNERS - CAP,
    });
  });

  it('shows a partner the same reason as for an address that the vendor suppressed, without names', async () => {
    const ledger = await faults.site.api.asOwner<{ row: string; partnerId: string }>(
      `SELECT m::text AS row, m.partner_id AS "partnerId" FROM delivery.message m WHERE m.state = 'skipped'`,
    );
    expect(ledger).toHaveLength(PARTNERS - CAP);
    for (const { row, partnerId } of ledger)
      for (const { partner, contactId, activationId } of holders.filter((one) => one.partner.id !== partnerId))
        for (const id of [partner.id, contactId, activationId]) expect(row).not.toContain(id);
    const capped = holders.filter(({ partner }) => ledger.some(({ partnerId }) => partnerId === partner.id));
    for (const holder of capped) {
      const told = (await toldTo(holder)).filter(({ contactId }) => contactId === holder.contactId);
      // The same sentence for all causes outside of the partner. A sentence
      // about the cap would reveal that another partner writes to the address.
      expect(told.map(({ sentence }) => sentence)).toEqual([reasonSentence('contact-policy')]);
    }
  });
});
