import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SendingSettings } from '#contracts';
import { systemActor, MINUTE_MS } from '#kernel';
import { SendingOperations } from '#sequences';
import type { Browser } from '../support/api.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

/**
 * A relay that knows no address under dead.example, and counts what it is asked
 * to take.
 */
async function openPickyRelay() {
  const asked: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, done) {
      asked.push(address);
      const isDead = address.endsWith('@dead.example');
      done(isDead ? Object.assign(new Error('5.1.1 no such user'), { responseCode: 550 }) : null);
    },
    onData(stream, _session, done) {
      stream.on('end', () => done()).resume();
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    asked: (domain: string) => asked.filter((address) => address.endsWith(`@${domain}`)).length,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

describe('what contains a partner’s mail', () => {
  let stage: TestProduct;
  let relay: Awaited<ReturnType<typeof openPickyRelay>>;
  let people = 0;

  beforeAll(async () => {
    relay = await openPickyRelay();
    stage = await openTestProduct({ SMTP_URL: relay.url });
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(async () => {
    await stage.close();
    await relay.close();
  });

  const launchTo = async (by: Browser, count: number, domainOf: (at: number) => string): Promise<void> => {
    const contacts = Array.from({ length: count }, (_, at) => ({ email: `p${people++}@${domainOf(at)}` }));
    const list = await stage.aList(by, contacts);
    await stage.launch(by, { versionId: stage.campaign.versionId, listId: list.id }).expect(201);
  };
  const settings = async (by: Browser): Promise<SendingSettings> =>
    (await by.get('/api/v1/sending').expect(200)).body as SendingSettings;

  it('stops a partner whose list is one in eight dead within 200 messages, and nobody else', async () => {
    const [bad, good] = [await stage.aCompletePartner(), await stage.aCompletePartner()];
    await launchTo(bad.owner, 320, (at) => (at % 8 === 0 ? 'dead.example' : 'bad-list.example'));
    await until(async () => (await settings(bad.owner)).stops.length > 0, 'the stop');
    const [stop] = (await settings(bad.owner)).stops;
    expect(stop).toMatchObject({ cause: 'bounces' });
    expect(stop!.bad).toBeGreaterThanOrEqual(8);

    await launchTo(good.owner, 5, () => 'good-list.example');
    await until(() => relay.asked('good-list.example') === 5, 'the mail of the other partner');
    expect((await settings(good.owner)).stops).toEqual([]);
    expect(relay.asked('dead.example') + relay.asked('bad-list.example')).toBeLessThanOrEqual(200);

    // What waits for the end of a stop is left alone meanwhile: nobody takes it
    // up only to put it back.
    const taken = async (what: string): Promise<number> =>
      (
        await stage.api.asOwner<{ n: number }>(
          `SELECT coalesce(sum(fence), 0)::int AS n FROM delivery.message WHERE partner_id = $1 AND ${what}`,
          [bad.id],
        )
      )[0]!.n;
    let rounds = 0;
    const atRest = async (): Promise<number> => {
      stage.api.clock.advance(2 * MINUTE_MS);
      // Mail of another partner that is planned now is sent in a later round
      // than all that was due at this moment.
      rounds += 1;
      await launchTo(good.owner, 1, () => `round-${rounds}.example`);
      await until(() => relay.asked(`round-${rounds}.example`) === 1, 'a round of the scheduler');
      await until(async () => (await taken(`state IN ('leased', 'releasing')`)) === 0, 'nothing in hand');
      return taken('true');
    };
    // What was in hand when the stop came is looked at once more.
    const before = await atRest();
    const [waiting] = await stage.api.asOwner<{ n: number }>(
      `SELECT count(*)::int AS n FROM delivery.message WHERE partner_id = $1 AND state = 'planned'`,
      [bad.id],
    );
    expect(waiting!.n).toBeGreaterThanOrEqual(120);
    expect(await atRest()).toBe(before);

    await bad.owner.post('/api/v1/sending/resume').expect(409);
    const operations = stage.api.app.get(SendingOperations, { strict: false });
    const asked = relay.asked('bad-list.example');
    expect(await operations.lift(systemActor('operator'), 'partner', bad.id)).toBe(true);
    expect((await settings(bad.owner)).stops).toEqual([]);
    // On a slow machine all 200 of the initial hold are sent before the stop.
    // The others then wait until the hold is over.
    stage.api.clock.advance(16 * MINUTE_MS);
    await until(() => relay.asked('bad-list.example') > asked, 'what goes on');
  });

  it('waits after the first 200 for what comes back of them, and says so', async () => {
    const { owner } = await stage.aCompletePartner();
    await launchTo(owner, 230, () => 'long-list.example');
    await until(() => relay.asked('long-list.example') === 200, 'the first look');
    await until(async () => (await settings(owner)).stream.waiting === 30, 'those that wait');
    expect((await settings(owner)).stream).toMatchObject({ initialHold: { limit: 200, taken: 200 }, today: null });
    stage.api.clock.advance(16 * MINUTE_MS);
    await until(() => relay.asked('long-list.example') === 230, 'the rest');
    expect((await settings(owner)).stream).toEqual({ initialHold: null, today: null, waiting: 0 });
  });

  it('counts nobody twice in the first look whose try did not count', async () => {
    const partner = await stage.aCompletePartner();
    await launchTo(partner.owner, 3, () => 'tried.example');
    await until(() => relay.asked('tried.example') === 3, 'the first look');
    await stage.booked();
    // As if no relay had been reached: no try is counted, the place and the
    // counted send are kept.
    await stage.api.asOwner(
      `WITH again AS (UPDATE delivery.message SET state = 'planned', reason = 'relays-away', settled_at = NULL, attempt = 0, retry_at = $2
                      WHERE partner_id = $1 AND frequency_use_at IS NOT NULL RETURNING id)
       UPDATE sequences.step_execution SET outcome = 'pending', reason = 'pending' WHERE message_id IN (SELECT id FROM again)`,
      [partner.id, stage.api.clock.now()],
    );
    await until(() => relay.asked('tried.example') === 6, 'the second try');
    await stage.booked();
    expect((await settings(partner.owner)).stream.initialHold).toMatchObject({ taken: 3 });
  });
});
