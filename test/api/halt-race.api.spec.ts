import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { systemActor } from '#kernel';
import { SendingOperations } from '#sequences';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const OPERATOR = systemActor('operator');
const PEOPLE = 30;

/** A relay that takes its time, and remembers when it was handed whose mail. */
async function openSlowRelay() {
  const taken: { readonly to: string; readonly at: number }[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, { envelope: { rcptTo } }, done) {
      stream.on('end', () => {
        taken.push({ to: rcptTo[0]?.address ?? '', at: performance.now() });
        setTimeout(done, 20);
      });
      stream.resume();
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    taken,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

describe('a release that has checked for halts when one is declared', () => {
  let stage: TestProduct;
  let relay: Awaited<ReturnType<typeof openSlowRelay>>;
  let blocker: pg.Client;
  let operations: SendingOperations;
  let lifted: (() => Promise<unknown>) | null = null;

  beforeAll(async () => {
    relay = await openSlowRelay();
    stage = await openTestProduct({ SMTP_URL: relay.url });
    operations = stage.api.app.get(SendingOperations, { strict: false });
    blocker = new pg.Client({ connectionString: stage.api.ownerUrl });
    await blocker.connect();
  });
  beforeEach(() => stage.toWorkingHours());
  afterEach(async () => {
    await lifted?.();
    lifted = null;
  });
  afterAll(async () => {
    await blocker.end();
    await stage.close();
    await relay.close();
  });

  /** A partner that is about to launch to some people. */
  async function aLaunch() {
    const partner = await stage.aCompletePartner();
    const list = await stage.aList(
      partner.owner,
      Array.from({ length: PEOPLE }, () => ({})),
    );
    const { versionId, campaignId } = stage.campaign;
    const launch = async (): Promise<string> =>
      ((await stage.launch(partner.owner, { versionId, listId: list.id }).expect(201)).body as { id: string }).id;
    return { partner, campaignId, launch, emails: new Set(list.emails) };
  }
  type Launching = Awaited<ReturnType<typeof aLaunch>>;

  const locksAwaited = async (type: string): Promise<number> =>
    (
      await stage.api.asOwner<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted AND locktype = $1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        [type],
      )
    )[0]?.n ?? 0;

  /**
   * Declares a halt after a release has found none, and before the release has
   * committed.
   * @returns when it was answered, and the activation.
   */
  async function race(
    { launch, emails }: Launching,
    declare: (activationId: string) => Promise<unknown>,
  ): Promise<{ answeredAt: number; id: string; emails: ReadonlySet<string> }> {
    await blocker.query('BEGIN; LOCK TABLE contacts.frequency_use IN SHARE ROW EXCLUSIVE MODE');
    const id = await launch();
    await until(async () => (await locksAwaited('relation')) > 0, 'the release to have checked');
    let answeredAt = 0;
    const declared = declare(id).then(() => (answeredAt = performance.now()));
    await until(async () => answeredAt > 0 || (await locksAwaited('advisory')) > 0, 'the halt');
    await blocker.query('COMMIT');
    await declared;
    const inHand = async (): Promise<boolean> =>
      (await stage.api.asOwner(`SELECT 1 FROM delivery.message WHERE activation_id = $1 AND state = 'releasing'`, [id]))
        .length > 0;
    await until(async () => !(await inHand()), 'the end of what was begun');
    return { answeredAt, id, emails };
  }

  /**
   * Everybody was handed off. What had not begun when this process heard of the
   * halt stayed here, and costs no attempt.
   * @returns how many that are.
   */
  const expectNothingAfter = async ({ answeredAt, id, emails }: Awaited<ReturnType<typeof race>>): Promise<number> => {
    // What an earlier halt had kept here goes out meanwhile.
    const taken = relay.taken.filter(({ to }) => emails.has(to));
    expect(taken.filter(({ at }) => at > answeredAt)).toEqual([]);
    const [found] = await stage.api.asOwner<{ taken: number; stayed: number }>(
      `SELECT (count(*) FILTER (WHERE state = 'accepted'))::int AS taken,
         (count(*) FILTER (WHERE state = 'planned' AND reason = 'halted' AND fence > 0 AND attempt = 0))::int AS stayed
       FROM delivery.message WHERE activation_id = $1`,
      [id],
    );
    expect(found?.taken).toBe(taken.length);
    const stayed = found?.stayed ?? 0;
    expect(taken.length + stayed).toBe(PEOPLE);
    return stayed;
  };

  it.each(['everything', 'vendor', 'partner', 'campaign', 'activation'] as const)(
    'hands nothing over once a halt of %s was answered',
    async (scope) => {
      const launching = await aLaunch();
      const { partner, campaignId } = launching;
      const subjects = { everything: null, vendor: stage.vendor.vendorId, partner: partner.id, campaign: campaignId };
      const raced = await race(launching, (id) => {
        const subject = scope === 'activation' ? id : subjects[scope];
        lifted = () => operations.lift(OPERATOR, scope, subject);
        return operations.halt(OPERATOR, scope, subject, 'a test');
      });
      // The bell rings at the halt's commit, and building thirty messages takes
      // longer.
      expect(await expectNothingAfter(raced)).toBeGreaterThan(0);
    },
  );

  it.each(['hold', 'stop'])('hands nothing over once the partner’s %s was answered', async (command) => {
    const launching = await aLaunch();
    await expectNothingAfter(
      await race(launching, async (id) =>
        launching.partner.owner.post(`/api/v1/activations/${id}/${command}`).expect(200),
      ),
    );
  });
});
