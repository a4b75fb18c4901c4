import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { Database } from '#database';
import { CircuitBreaker } from '#delivery';
import { systemActor } from '#kernel';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const MANY = 800;
/** One in so many addresses does not exist. */
const DEAD_EVERY = 8;

/**
 * A relay that knows no address under dead.example, and takes its time.
 * @param livingFor from so many recipients on it knows nobody at all.
 */
async function openRelay(livingFor = Infinity) {
  let recipients = 0;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, done) {
      const isDead = address.endsWith('@dead.example') || recipients++ >= livingFor;
      done(isDead ? Object.assign(new Error('5.1.1 no such user'), { responseCode: 550 }) : null);
    },
    onData(stream, _session, done) {
      stream.on('end', () => setTimeout(done, 5)).resume();
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    unknownPeople: () => Math.max(0, recipients - livingFor),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/**
 * What PostgreSQL itself knows of the order: each hand-over with its
 * transaction, each halt with what had been committed when it was written. A
 * hand-over that a halt does not see has committed after it.
 */
const WITNESSES = `
  CREATE TABLE public.begun (message_id uuid, partner_id uuid, by xid8);
  CREATE TABLE public.opened (partner_id uuid, saw pg_snapshot);
  CREATE FUNCTION public.see_begun() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN INSERT INTO public.begun VALUES (NEW.id, NEW.partner_id, pg_current_xact_id()); RETURN NULL; END $$;
  CREATE FUNCTION public.see_opened() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN INSERT INTO public.opened VALUES (NEW.subject_id, pg_current_snapshot()); RETURN NULL; END $$;
  CREATE TRIGGER see_begun AFTER UPDATE ON delivery.message FOR EACH ROW WHEN (NEW.state = 'releasing' AND OLD.state <> 'releasing') EXECUTE FUNCTION public.see_begun();
  CREATE TRIGGER see_opened AFTER INSERT ON delivery.halt FOR EACH ROW WHEN (NEW.cause = 'bounces') EXECUTE FUNCTION public.see_opened();`;

let people = 0;

/** A partner with a list that one may write to, ready to be launched. */
async function aLaunch(stage: TestProduct, count: number, isDead: (at: number) => boolean) {
  const partner = await stage.aCompletePartner();
  const { body } = await partner.owner.post('/api/v1/contact-lists', { name: 'All contacts' }).expect(201);
  const { id: listId } = body as { id: string };
  const addresses = Array.from({ length: count }, (_, at) => `p${people++}@${isDead(at) ? 'dead' : 'alive'}.example`);
  await stage.api.asOwner(
    `WITH person AS (SELECT uuidv7() AS id, email FROM unnest($3::text[]) email),
     made AS (INSERT INTO contacts.contact (id, partner_id, email, email_normalised, created_at, updated_at) SELECT id, $1, email, email, $4, $4 FROM person),
     listed AS (INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at) SELECT $2, id, $1, $4 FROM person)
     INSERT INTO contacts.consent_record (id, partner_id, contact_id, basis, source, recorded_at) SELECT uuidv7(), $1, id, 'customer', 'import', $4 FROM person`,
    [partner.id, listId, addresses, stage.api.clock.now()],
  );
  const launch = () => stage.launch(partner.owner, { versionId: stage.campaign.versionId, listId }).expect(201);
  return { partnerId: partner.id, launch };
}

describe('a circuit breaker that opens while hand-overs of its partner begin', () => {
  let stage: TestProduct;
  let relay: Awaited<ReturnType<typeof openRelay>>;
  let blocker: pg.Client;

  beforeAll(async () => {
    relay = await openRelay();
    // More chunks at once than elsewhere: whatever begins too late shall have
    // every chance to.
    stage = await openTestProduct({ SMTP_URL: relay.url }, { delivery: 4 });
    await stage.api.asOwner(WITNESSES);
    blocker = new pg.Client({ connectionString: stage.api.ownerUrl });
    await blocker.connect();
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(async () => {
    await blocker.end();
    await stage.close();
    await relay.close();
  });

  const seen = async (partnerId: string): Promise<{ opened: number; begun: number; late: number }> =>
    (
      await stage.api.asOwner<{ opened: number; begun: number; late: number }>(
        `SELECT (SELECT count(*)::int FROM public.opened WHERE partner_id = $1) AS opened, count(*)::int AS begun,
           (count(*) FILTER (WHERE NOT pg_visible_in_snapshot(b.by, (SELECT saw FROM public.opened WHERE partner_id = $1 LIMIT 1))))::int AS late
         FROM public.begun b WHERE b.partner_id = $1`,
        [partnerId],
      )
    )[0]!;
  const locksAwaited = async (type: string): Promise<number> =>
    (
      await stage.api.asOwner<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted AND locktype = $1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        [type],
      )
    )[0]?.n ?? 0;

  it('waits for the one that has looked for halts already, and none begins after it', async () => {
    const { partnerId, launch } = await aLaunch(stage, 30, () => false);
    await blocker.query('BEGIN; LOCK TABLE contacts.frequency_use IN SHARE ROW EXCLUSIVE MODE');
    await launch();
    await until(async () => (await locksAwaited('relation')) > 0, 'the release to have checked');
    const tally = { submitted: 20, bounced: 10, complained: 0 };
    const breaker = stage.api.app.get(CircuitBreaker, { strict: false });
    const database = stage.api.app.get(Database, { strict: false });
    let isOpen = false;
    const opening = database
      .inTransaction(systemActor('a test', { partnerId }), async () => {
        await breaker.lockPartner(partnerId, tally);
        await breaker.record(partnerId, tally);
      })
      .then(() => (isOpen = true));
    await until(async () => isOpen || (await locksAwaited('advisory')) > 0, 'the breaker');
    await blocker.query('COMMIT');
    await opening;
    await stage.booked();
    const { opened, begun, late } = await seen(partnerId);
    expect({ opened, late }).toEqual({ opened: 1, late: 0 });
    expect(begun).toBeGreaterThan(0);
  }, 300_000);

  it('lets no more than 200 of a bad list begin, and none after it is open, with four chunks at once', async () => {
    for (let round = 0; round < 3; round++) {
      const { partnerId, launch } = await aLaunch(stage, MANY, (at) => at % DEAD_EVERY === 0);
      await launch();
      await until(async () => (await seen(partnerId)).opened > 0, 'the stop');
      await stage.booked();
      const { begun, late } = await seen(partnerId);
      expect(late).toBe(0);
      expect(begun).toBeLessThanOrEqual(200);
    }
  }, 300_000);
});

describe('a list that turns bad long after the first look', () => {
  const GOOD = 700;
  let stage: TestProduct;
  let relay: Awaited<ReturnType<typeof openRelay>>;

  beforeAll(async () => {
    relay = await openRelay(GOOD);
    stage = await openTestProduct({ SMTP_URL: relay.url, INITIAL_HOLD_MINUTES: '0' }, { delivery: 4 });
  });
  afterAll(async () => {
    await stage.close();
    await relay.close();
  });

  it('is left alone within 200 messages, and what was in hand waits for the stop to be lifted', async () => {
    stage.toWorkingHours();
    const { partnerId, launch } = await aLaunch(stage, GOOD + 900, () => false);
    await launch();
    const count = async (what: string): Promise<number> =>
      (
        await stage.api.asOwner<{ n: number }>(
          `SELECT count(*)::int AS n FROM delivery.message WHERE partner_id = $1 AND ${what}`,
          [partnerId],
        )
      )[0]!.n;
    const halted = () =>
      stage.api.asOwner<{ cause: string }>('SELECT cause FROM delivery.halt WHERE subject_id = $1', [partnerId]);
    await until(async () => (await halted()).length > 0, 'the stop', 90_000);
    await until(async () => (await count(`state IN ('leased', 'releasing')`)) === 0, 'nothing in hand');
    expect(await halted()).toEqual([{ cause: 'bounces' }]);
    expect(await count(`state = 'accepted'`)).toBe(GOOD);
    expect(await count(`state = 'failed'`)).toBe(relay.unknownPeople());
    expect(relay.unknownPeople()).toBeGreaterThanOrEqual(8);
    expect(relay.unknownPeople()).toBeLessThanOrEqual(200);
    // Chunks that had been handed off when the stop came gave back what had not
    // begun.
    expect(await count(`state = 'planned' AND reason = 'halted'`)).toBeGreaterThan(0);
    expect(await count(`state = 'planned' AND attempt > 0`)).toBe(0);
  }, 180_000);
});
