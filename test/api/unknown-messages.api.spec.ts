import { Database } from '#database';
import { type MessageId, newId, systemActor } from '#kernel';
import { UnknownResolutions } from '#sequences';
import type { Browser } from '../support/api.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const PATH = '/api/v1/unknown-messages';

describe('the unknown messages of a vendor', () => {
  let stage: TestProduct;
  let owner: Browser;
  let stranger: Browser;
  const relayId = newId();

  beforeAll(async () => {
    stage = await openTestProduct();
    owner = await stage.api.signIn(stage.vendor.vendorId, 'owner');
    stranger = await stage.api.signIn((await stage.api.aVendor()).vendorId, 'owner');
    // Not enabled: mail goes by the installation's relay all the same.
    await stage.api.asOwner(
      `INSERT INTO delivery.relay (id, vendor_id, name, host, port, tls, priority, connections, enabled, created_by,
         created_at, state_since, next_check_at)
       VALUES ($1, $2, 'Ours', 'mail.northwind.example', 25, 'required', 1, 1, false, 'test', $3, $3, $3)`,
      [relayId, stage.vendor.vendorId, stage.api.clock.now()],
    );
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

  /**
   * A message that went out, and of which the ledger has forgotten that it did.
   * @param relay the name of its relay in the ledger.
   */
  const anUnknown = async (relay: string = relayId): Promise<{ id: string; email: string }> => {
    const { id: activationId, email } = await stage.running();
    await stage.mailTo(email);
    let id: string | undefined;
    await until(async () => {
      const [row] = await stage.api.asOwner<{ id: string }>(
        `SELECT m.id FROM delivery.message m JOIN sequences.step_execution s ON s.message_id = m.id
           WHERE m.activation_id = $1 AND m.state = 'accepted' AND s.outcome = 'sent'`,
        [activationId],
      );
      id = row?.id;
      return id !== undefined;
    }, 'the outcome');
    await stage.api.asOwner(
      `WITH forgot AS (UPDATE delivery.message SET state = 'unknown', reason = 'lease-expired', unknown_since = $2, relay = $3 WHERE id = $1)
       UPDATE sequences.step_execution SET outcome = 'failed', reason = 'lease-expired' WHERE message_id = $1`,
      [id, stage.api.clock.now(), relay],
    );
    return { id: id!, email };
  };
  const listed = async (by: Browser): Promise<string[]> => {
    const { body } = await by.get(PATH).expect(200);
    return (body as { items: { id: string }[] }).items.map(({ id }) => id);
  };
  const decide = async (by: Browser, ids: readonly string[], decision: string): Promise<number> => {
    const { body } = await by.post(`${PATH}/decide`, { ids, decision }).expect(200);
    return (body as { decided: number }).decided;
  };
  const outcomeOf = async (id: string): Promise<string> => {
    const [row] = await stage.api.asOwner<{ outcome: string }>(
      `SELECT m.state || ' ' || s.outcome || ' ' || s.reason AS outcome FROM delivery.message m JOIN sequences.step_execution s ON s.message_id = m.id WHERE m.id = $1`,
      [id],
    );
    return row?.outcome ?? '';
  };

  it('are shown to its owner by Message-ID and partner, and name nobody whom they are for', async () => {
    const { id, email } = await anUnknown();
    const { body, text } = await owner.get(PATH).expect(200);
    expect((body as { items: object[] }).items).toEqual([
      {
        id,
        messageId: `<${id}@${stage.api.config.MAIL_DOMAIN}>`,
        partner: 'Brightwater IT',
        stepKey: 'welcome',
        relay: 'Ours',
        lookUpsWithoutResult: 0,
        unknownSince: expect.any(String) as string,
        name: { stepKey: 'welcome', kind: 'email', number: 1, subject: expect.any(String) as string },
      },
    ]);
    expect(text).not.toContain(email.split('@')[0]);
    expect(text).not.toContain('customer.example');
    expect(await listed(stranger)).toEqual([]);
    await decide(owner, [id], 'close');
  });

  it('are decided by its owner: taken, sent once more under the same Message-ID, or closed; on record', async () => {
    const [taken, lost, given] = [await anUnknown(), await anUnknown(), await anUnknown()];
    expect(await decide(owner, [taken.id], 'accepted')).toBe(1);
    expect(await outcomeOf(taken.id)).toBe('accepted sent sent');
    expect(await decide(owner, [lost.id], 'redrive')).toBe(1);
    const mails = await stage.mailTo(lost.email, 2);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
    expect(await decide(owner, [given.id], 'close')).toBe(1);
    expect(await outcomeOf(given.id)).toBe('closed_unknown failed closed-unknown');
    expect(await listed(owner)).toEqual([]);
    const { body } = await owner.get('/api/v1/audit-entries?action=unknown-message.decided').expect(200);
    expect((body as { items: { details: object }[] }).items.map(({ details }) => details)).toEqual(
      expect.arrayContaining([
        { decision: 'accepted', messages: [taken.id] },
        { decision: 'redrive', messages: [lost.id] },
        { decision: 'close', messages: [given.id] },
      ]),
    );
  });

  it('are nobody else’s to decide, and what is decided stays so', async () => {
    const { id } = await anUnknown();
    expect(await decide(stranger, [id], 'redrive')).toBe(0);
    expect(await outcomeOf(id)).toMatch(/^unknown /);
    expect(await decide(owner, [id, newId()], 'accepted')).toBe(1);
    expect(await decide(owner, [id], 'redrive')).toBe(0);
    expect(await outcomeOf(id)).toBe('accepted sent sent');
    await owner.post(`${PATH}/decide`, { ids: [], decision: 'close' }).expect(422);
    await owner.post(`${PATH}/decide`, { ids: [id], decision: 'guess' }).expect(422);
    await stage.vendor.editor.post(`${PATH}/decide`, { ids: [id], decision: 'close' }).expect(403);
    await stage.partner.owner.get(PATH).expect(403);
  });

  it('of the installation’s relays are not theirs to see or decide', async () => {
    const { id } = await anUnknown('platform');
    expect(await listed(owner)).not.toContain(id);
    expect(await decide(owner, [id], 'accepted')).toBe(0);
    expect(await outcomeOf(id)).toMatch(/^unknown /);
  });

  it('that are decided before their step was let their contact move on all the same', async () => {
    const { id } = await anUnknown();
    const standing = async (): Promise<unknown> =>
      (
        await stage.api.asOwner(
          'SELECT e.state, e.step_key FROM sequences.enrolment e JOIN delivery.message m ON m.enrolment_id = e.id WHERE m.id = $1',
          [id],
        )
      )[0];
    const moved = await standing();
    const database = stage.api.app.get(Database, { strict: false });
    // The process was killed with it in hand, and the sweep has called it
    // unknown and not come to its step yet.
    const decided = await database.inTransaction(systemActor('test'), async () => {
      await database.query(
        `UPDATE sequences.step_execution SET outcome = 'pending', reason = 'pending' WHERE message_id = $1`,
        [id],
      );
      await database.query(
        `UPDATE sequences.enrolment e SET state = 'running', step_key = m.step_key, round = m.occurrence, due_at = $2 FROM delivery.message m WHERE m.id = $1 AND e.id = m.enrolment_id`,
        [id, stage.api.clock.now()],
      );
      await database.query(
        'DELETE FROM sequences.due d USING delivery.message m WHERE m.id = $1 AND d.enrolment_id = m.enrolment_id',
        [id],
      );
      return stage.api.app
        .get(UnknownResolutions, { strict: false })
        .resolve(systemActor('test'), [{ id: id as MessageId }], 'accepted');
    });
    expect(decided).toBe(1);
    stage.wake('sweep leases');
    await until(async () => (await outcomeOf(id)) === 'accepted sent sent', 'the outcome');
    expect(await standing()).toEqual(moved);
  });
});
