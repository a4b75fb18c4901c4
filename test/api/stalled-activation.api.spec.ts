import { LeaseSweeps } from '#delivery';
import type { BlobHash } from '#storage';
import { StepOutcomes, Submission } from '#sequences';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const MISSING: BlobHash = '0'.repeat(64);

describe('an activation whose campaign cannot be read', () => {
  let stage: TestProduct;
  let versionId: string;
  let compiled: BlobHash;

  beforeAll(async () => {
    stage = await openTestProduct({ INITIAL_HOLD_MINUTES: '0' });
    ({ versionId } = await stage.anotherCampaign());
    compiled = (
      await stage.api.asOwner<{ hash: BlobHash }>(
        'SELECT compiled_hash AS hash FROM campaigns.campaign_version WHERE id = $1',
        [versionId],
      )
    )[0]!.hash;
  });
  afterAll(() => stage.close());

  /** What was compiled never changes, so nobody may say so of a version. */
  const compiledAs = async (hash: BlobHash): Promise<void> => {
    await stage.api.asOwner('ALTER TABLE campaigns.campaign_version DISABLE TRIGGER campaign_version_guard');
    await stage.api.asOwner('UPDATE campaigns.campaign_version SET compiled_hash = $2 WHERE id = $1', [
      versionId,
      hash,
    ]);
    await stage.api.asOwner('ALTER TABLE campaigns.campaign_version ENABLE TRIGGER campaign_version_guard');
  };
  const enrolled = (id: string): Promise<void> =>
    until(
      async () =>
        (await stage.api.asOwner('SELECT 1 FROM sequences.enrolment WHERE activation_id = $1', [id])).length > 0,
      'its people to be enrolled',
    );
  const standing = async (id: string) =>
    (
      await stage.api.asOwner<{ state: string; dueAt: Date; queuedAt: Date | null; outcome: string | null }>(
        `SELECT e.state, e.due_at AS "dueAt", d.due_at AS "queuedAt", s.outcome FROM sequences.enrolment e
         LEFT JOIN sequences.due d ON d.enrolment_id = e.id
         LEFT JOIN sequences.step_execution s ON s.enrolment_id = e.id AND s.message_id IS NOT NULL WHERE e.activation_id = $1`,
        [id],
      )
    )[0]!;

  it('keeps nobody else’s mail waiting, and goes on once it can be read', async () => {
    const other = await stage.aCompletePartner(undefined, { name: 'Other Ltd' });
    const startAt = stage.inDays(1);
    const broken = await stage.running(stage.partner.owner, { versionId, startAt });
    const whole = await stage.running(other.owner, { startAt });
    const own = await stage.running(stage.partner.owner, { startAt });
    await Promise.all([broken, whole, own].map(({ id }) => enrolled(id)));
    const before = await standing(broken.id);
    await compiledAs(MISSING);

    stage.api.clock.advance(24 * 3_600_000);
    await stage.mailTo(whole.email);
    await stage.mailTo(own.email);
    await until(
      async () => ((await standing(broken.id)).queuedAt ?? before.dueAt) > stage.api.clock.now(),
      'it to be put off',
    );
    // Late is late: when it fell due is not forgotten.
    expect((await standing(broken.id)).dueAt).toEqual(before.dueAt);
    expect(stage.mails.to(broken.email)).toEqual([]);

    await compiledAs(compiled);
    stage.api.clock.advance(6 * 60_000);
    await stage.mailTo(broken.email);
    await stage.booked();
  });

  it('keeps nobody’s mail of the same partner waiting that is claimed already, and costs its own no attempt', async () => {
    const other = await stage.aCompletePartner(undefined, { name: 'Fourth Ltd' });
    const startAt = stage.inDays(1);
    const broken = await stage.running(other.owner, { versionId, startAt });
    const whole = await stage.running(other.owner, { startAt });
    await Promise.all([broken, whole].map(({ id }) => enrolled(id)));
    // Both are claimed, and wait to be tried again, when one cannot be read any
    // more.
    stage.api.clock.advance(24 * 3_600_000);
    await Promise.all([broken, whole].map(({ email }) => stage.mailTo(email)));
    await stage.booked();
    const again = stage.api.clock.now();
    await compiledAs(MISSING);
    await stage.api.asOwner(
      `UPDATE delivery.message SET state = 'planned', reason = 'redriven', settled_at = NULL, retry_at = $2, attempt = 1 WHERE activation_id = ANY ($1)`,
      [[broken.id, whole.id], again],
    );
    expect(await stage.mailTo(whole.email, 2)).toHaveLength(2);
    const messageOf = async (id: string) =>
      (
        await stage.api.asOwner<{ state: string; reason: string; attempt: number }>(
          'SELECT state, reason, attempt FROM delivery.message WHERE activation_id = $1',
          [id],
        )
      )[0]!;
    await until(async () => (await messageOf(broken.id)).reason === 'internal-error', 'it to be put off');
    expect(await messageOf(broken.id)).toEqual({ state: 'planned', reason: 'internal-error', attempt: 1 });

    await compiledAs(compiled);
    stage.api.clock.advance(6 * 60_000);
    expect(await stage.mailTo(broken.email, 2)).toHaveLength(2);
    await stage.booked();
  });

  it('keeps nobody from being moved on after a crash, nor leases from ending, and is moved on itself once it can be read', async () => {
    const other = await stage.aCompletePartner(undefined, { name: 'Third Ltd' });
    const broken = await stage.running(other.owner, { versionId });
    const whole = await stage.running(other.owner);
    const late = await stage.running(other.owner);
    for (const { email } of [broken, whole, late]) await stage.mailTo(email);
    await stage.booked();
    // As a process leaves them that dies between the relay's answer and its
    // commit.
    await stage.api.asOwner(
      `WITH forgot AS (UPDATE sequences.step_execution SET outcome = 'pending', reason = 'pending' WHERE message_id IS NOT NULL AND activation_id = ANY ($1) RETURNING enrolment_id, step_key)
       UPDATE sequences.enrolment e SET state = 'running', step_key = f.step_key, due_at = now() FROM forgot f WHERE e.id = f.enrolment_id`,
      [[broken.id, whole.id, late.id]],
    );
    await stage.api.asOwner(
      `UPDATE delivery.message SET state = 'releasing', settled_at = NULL, lease_until = now() - interval '1 minute', submit_until = now() - interval '1 minute' WHERE activation_id = $1`,
      [late.id],
    );
    await compiledAs(MISSING);

    const { app } = stage.api;
    // What comes before leases are looked at.
    await app.get(Submission, { strict: false }).recover();
    expect(await standing(whole.id)).toMatchObject({ state: 'waiting', outcome: 'sent' });
    expect(await standing(broken.id)).toMatchObject({ state: 'running', outcome: 'pending' });
    await app.get(LeaseSweeps, { strict: false }).sweep();
    await app.get(StepOutcomes, { strict: false }).catchUp();
    expect(await standing(late.id)).toMatchObject({ state: 'waiting', outcome: 'failed' });

    await compiledAs(compiled);
    await app.get(StepOutcomes, { strict: false }).catchUp();
    expect(await standing(broken.id)).toMatchObject({ state: 'waiting', outcome: 'sent' });
  });
});
