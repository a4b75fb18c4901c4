import type { MessageId } from '#kernel';
import { Submission } from '#sequences';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

interface Leased {
  readonly id: MessageId;
  readonly fence: number;
}

describe('a person who wants mail less often', () => {
  let stage: TestProduct;

  beforeEach(async () => {
    // Chunks stay in the queue, for the tests hand them over themselves; behind
    // two that stay nothing is claimed, so each has a product of its own.
    stage = await openTestProduct({}, { delivery: 0 });
    stage.toWorkingHours();
  });
  afterEach(() => stage.close());

  /**
   * The messages of two campaigns to one person who wants a mail every three
   * days at most, about to be handed over.
   */
  async function twoAtOnce(): Promise<Leased[]> {
    const list = await stage.aList();
    const contact = `SELECT id FROM contacts.contact WHERE email = $1`;
    await stage.api.asOwner(
      `INSERT INTO contacts.preference (contact_id, partner_id, at_most_every_days, set_at) VALUES ((${contact}), $2, 3, now())`,
      [list.emails[0], stage.partner.id],
    );
    for (let campaign = 0; campaign < 2; campaign++) {
      const { versionId } = await stage.anotherCampaign();
      await stage.launch(stage.partner.owner, { versionId, listId: list.id }).expect(201);
    }
    const leased = (): Promise<Leased[]> =>
      stage.api.asOwner<Leased>(
        `SELECT id, fence FROM delivery.message WHERE contact_id = (${contact}) AND state = 'leased'`,
        [list.emails[0]],
      );
    await until(async () => (await leased()).length === 2, 'two messages to one person');
    return leased();
  }

  const outcomes = async (messages: readonly Leased[]): Promise<string[]> =>
    (
      await stage.api.asOwner<{ said: string }>(
        `SELECT state || ' ' || reason AS said FROM delivery.message WHERE id = ANY ($1) ORDER BY 1`,
        [messages.map(({ id }) => id)],
      )
    ).map(({ said }) => said);
  const submit = (claims: readonly Leased[]): Promise<void> =>
    stage.api.app.get(Submission, { strict: false }).submit(stage.partner.id, claims);

  it('gets one of two messages that are handed over in one chunk', async () => {
    const messages = await twoAtOnce();
    await submit(messages);
    expect(await outcomes(messages)).toEqual(['accepted sent', 'skipped prefers-fewer']);
  });

  it('gets one of two messages that two processes hand over at once', async () => {
    const messages = await twoAtOnce();
    await Promise.all(messages.map((message) => submit([message])));
    expect(await outcomes(messages)).toEqual(['accepted sent', 'skipped prefers-fewer']);
  });
});
