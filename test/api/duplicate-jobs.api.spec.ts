import { CONFIG, type Config } from '#config';
import type { Claim } from '#delivery';
import type { PartnerId } from '#kernel';
import { Submission } from '#sequences';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';
import { SendJournal } from '../../libs/delivery/src/send-journal.js';

const PEOPLE = 5;

/**
 * A queue may hand a job out again while its first worker is at it: Bull does
 * when that one was silent for too long.
 */
describe('a chunk of messages that is handed out twice', () => {
  let stage: TestProduct;
  let submission: Submission;
  let partnerId: PartnerId;

  beforeAll(async () => {
    stage = await openTestProduct({ INITIAL_HOLD_MINUTES: '0' });
    submission = stage.api.app.get(Submission, { strict: false });
  });
  afterAll(() => stage.close());

  /**
   * Messages that were claimed and wait in a queue.
   * @returns their claims, and to whom they go.
   */
  async function claimed(): Promise<{ claims: Claim[]; emails: string[] }> {
    stage.toWorkingHours();
    const partner = await stage.aCompletePartner();
    partnerId = partner.id;
    const { id: listId, emails } = await stage.aList(
      partner.owner,
      Array.from({ length: PEOPLE }, () => ({})),
    );
    const { body } = await stage.launch(partner.owner, { versionId: stage.campaign.versionId, listId }).expect(201);
    for (const email of emails) await stage.mailTo(email);
    await stage.booked();
    // As they were before they went out; their use of the allowances
    // is another's.
    await stage.api.asOwner(
      `WITH again AS (UPDATE delivery.message SET state = 'leased', reason = NULL, settled_at = NULL, attempt = 0, frequency_use_at = NULL, fence = fence + 1, lease_until = now() + interval '1 hour'
                      WHERE activation_id = $1 RETURNING id)
       UPDATE sequences.step_execution SET outcome = 'pending', reason = 'pending' WHERE message_id IN (SELECT id FROM again)`,
      [(body as { id: string }).id],
    );
    const claims = await stage.api.asOwner<Claim>(
      'SELECT id, fence FROM delivery.message WHERE activation_id = $1 ORDER BY id',
      [(body as { id: string }).id],
    );
    return { claims, emails };
  }
  const uses = async (): Promise<number> =>
    (
      await stage.api.asOwner<{ n: number }>(
        'SELECT coalesce(sum(cardinality(taken)), 0)::int AS n FROM contacts.partner_frequency_use WHERE partner_id = $1',
        [partnerId],
      )
    )[0]!.n;
  const mailsOf = (emails: readonly string[]): number[] => emails.map((email) => stage.mails.to(email).length);
  const taken = (claims: readonly Claim[]) => {
    const { JOURNAL_FOLDER } = stage.api.app.get<Config>(CONFIG);
    const { claimed } = SendJournal.readAbandoned(JOURNAL_FOLDER, () => false);
    return claimed.filter(({ id, fence }) => claims.some((claim) => claim.id === id && claim.fence === fence));
  };

  /** The first commit of a release from now on. */
  async function failNextCommit(): Promise<void> {
    for (const statement of [
      'DROP SEQUENCE IF EXISTS public.commits',
      'CREATE SEQUENCE public.commits',
      `CREATE OR REPLACE FUNCTION public.fail_first() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
         $$ BEGIN IF nextval('public.commits') = 1 THEN RAISE 'PostgreSQL goes away'; END IF; RETURN NULL; END $$`,
      'DROP TRIGGER IF EXISTS fail_first ON delivery.message',
      `CREATE CONSTRAINT TRIGGER fail_first AFTER UPDATE ON delivery.message DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
         WHEN (new.state = 'releasing') EXECUTE FUNCTION public.fail_first()`,
    ])
      await stage.api.asOwner(statement);
  }

  it('goes out once, is noted once, and takes one use of each allowance', async () => {
    const { claims, emails } = await claimed();
    const before = await uses();
    await Promise.all(Array.from({ length: 4 }, () => submission.submit(partnerId, claims)));
    expect(mailsOf(emails)).toEqual(emails.map(() => 2));
    expect(taken(claims)).toHaveLength(PEOPLE);
    // One of the partner for this vendor, and one of the partner for all.
    expect((await uses()) - before).toBe(2 * PEOPLE);
  });

  it('goes out soon, and once, when its only worker’s commit fails', async () => {
    const { claims, emails } = await claimed();
    await failNextCommit();
    await expect(submission.submit(partnerId, claims)).rejects.toThrow('PostgreSQL goes away');
    // Its lease has an hour to go.
    stage.api.clock.advance(60_000);
    for (const email of emails) await stage.mailTo(email, 2);
    await stage.booked();
    expect(mailsOf(emails)).toEqual(emails.map(() => 2));
  });

  it('goes out once when the first worker’s commit fails and the second has it in hand', async () => {
    const { claims, emails } = await claimed();
    await failNextCommit();
    const workers = await Promise.allSettled([1, 2].map(() => submission.submit(partnerId, claims)));
    expect(workers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await stage.booked();
    // Whatever was freed would be claimed again, and go out once more.
    stage.api.clock.advance(60_000);
    await until(
      async () =>
        (
          await stage.api.asOwner(
            `SELECT 1 FROM delivery.message WHERE state IN ('planned', 'leased', 'releasing') AND retry_at <= $1`,
            [stage.api.clock.now()],
          )
        ).length === 0,
      'what is to be tried again',
    );
    await stage.booked();
    expect(mailsOf(emails)).toEqual(emails.map(() => 2));
  });
});
