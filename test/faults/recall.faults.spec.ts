import { newId } from '#kernel';
import type { SendingPartner } from '../support/sending-site.js';
import { until } from '../support/until.js';
import { FaultSite } from './fault-site.js';

const isLong = process.env['LONG'] === '1';
const numberOf = (name: string, short: number, long: number): number =>
  Number(process.env[name] ?? (isLong ? long : short));
/** Each with one launch. Of them, some send: the others only fill the report. */
const PARTNERS = numberOf('PARTNERS', 60, 500);
const SENDING = numberOf('SENDING', 4, 10);
const EMAILS = SENDING * Math.ceil(numberOf('EMAILS', 4_000, 20_000) / SENDING);
const MINUTES = 60_000;
/** After this, nothing may come out. */
const GRACE_MS = 60_000;
const SCHEDULERS = ['scheduler-1', 'scheduler-2'];
/** One for each of the five ways by which a launch comes out. */
const CHANNELS = ['email', 'page', 'embed', 'public-file', 'post'];

describe('a recall whose workers die one after the other', () => {
  let faults: FaultSite;

  beforeAll(async () => {
    faults = await FaultSite.open({ connections: 4, leaseSeconds: 6 }, { posts: ['announce'] });
    // 80 messages a second at most: the queue lasts longer than it takes to enrol all contacts.
    await Promise.all(SCHEDULERS.map((name) => faults.start(name)));
  }, 3 * MINUTES);
  afterAll(() => faults.close(), MINUTES);

  const count = async (sql: string): Promise<number> => (await faults.site.api.asOwner<{ n: number }>(sql))[0]!.n;

  /** Launches of partners that send nothing: copies of one, without contacts. */
  const copyLaunches = async (activationId: string, copies: number): Promise<void> => {
    const { site } = faults;
    for (let n = 0; n < copies; n++) {
      const partnerId = await site.api.aPartner(site.vendor, { name: `Partner ${n}` });
      const id = newId();
      await site.api.asOwner(
        `INSERT INTO activations.activation SELECT (jsonb_populate_record(a, jsonb_build_object(
           'id', $2::uuid, 'partner_id', $3::uuid, 'slug', 'copy-' || $2, 'idempotency_key', $2, 'status', 'active'))).*
         FROM activations.activation a WHERE id = $1`,
        [activationId, id, partnerId],
      );
    }
  };

  /** What a launch shows beside its e-mails, as `page 200`. */
  const shown = async (activationId: string, { owner }: SendingPartner): Promise<string[]> => {
    const { api } = faults.site;
    const [{ slug } = { slug: '' }] = await api.asOwner<{ slug: string }>(
      'SELECT slug FROM activations.activation WHERE id = $1',
      [activationId],
    );
    const page = await api.http.get(`/p/${slug}`);
    const file = await api.http.get(`/p/${slug}/documents/brochure.pdf`);
    const embed = await api.http.get(`/p/${slug}/embed/state`).expect(200);
    const posts = (await owner.get(`/api/v1/activations/${activationId}/assets`).expect(200)).body.items.filter(
      ({ kind }: { kind: string }) => kind === 'social',
    );
    return [`page ${page.status}`, `file ${file.status}`, `embed ${embed.body.state}`, `posts ${posts.length > 0}`];
  };

  it(
    `lets nothing out ${GRACE_MS / 1000} s after it, and reports every item of ${PARTNERS} partners and ${EMAILS} e-mails`,
    async () => {
      const { site, server } = faults;
      const first = await site.aPartner('Partner that sends');
      const launched = await site.launch(first, EMAILS / SENDING);
      for (let n = 1; n < SENDING; n++)
        await site.launch(await site.aPartnerLike(first, `Sender ${n}`), EMAILS / SENDING);
      await copyLaunches(launched, PARTNERS - SENDING);
      await until(
        async () => (await first.owner.get(`/api/v1/activations/${launched}/assets`).expect(200)).body.coming === 0,
        'the files of a launch',
        5 * MINUTES,
      );
      expect(await shown(launched, first)).toEqual(['page 200', 'file 200', 'embed live', 'posts true']);
      await until(
        async () => (await count('SELECT count(*)::int AS n FROM sequences.enrolment')) === EMAILS,
        'all contacts to be enrolled',
        5 * MINUTES,
      );
      const editor = await site.api.signIn(site.vendor.vendorId, 'marketer');
      const campaign = `/api/v1/campaigns/${site.version.campaignId}`;
      const beganMs = performance.now();
      await editor.post(`${campaign}/recall`, { reason: 'Its price is wrong.' }).expect(200);
      const answeredMs = performance.now();
      const gone = ['page 410', 'file 410', 'embed recalled', 'posts false'];
      expect(await shown(launched, first)).toEqual(gone);
      for (let death = 0; performance.now() - answeredMs < GRACE_MS; death++) {
        const name = SCHEDULERS[death % SCHEDULERS.length]!;
        await faults.kill(name);
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        await faults.start(name);
        await new Promise((resolve) => setTimeout(resolve, 3_000));
      }
      const atGrace = server.accepted.size;
      expect(await shown(launched, first)).toEqual(gone);
      const { body } = await editor.get(`${campaign}/recalls`).expect(200);
      const { id } = body.items[0] as { id: string };
      const report = async () => (await editor.get(`${campaign}/recalls/${id}`).expect(200)).body;
      await until(async () => (await report()).done === PARTNERS, 'a complete report', 2 * MINUTES);
      const completeMs = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 20_000));

      const { activations, partners, sums } = await report();
      const items = sums.reduce((sum: number, one: { items: number }) => sum + one.items, 0) as number;
      const perLaunch = await count(
        `SELECT count(*)::int AS n FROM activations.recall_item WHERE activation_id = '${launched}'`,
      );
      // In one query: what a process that died had in its hands may come back in the next moment.
      const [mail] = await site.api.asOwner<{ waiting: number; out: number; returned: number; stillWaiting: number }>(
        `SELECT (SELECT coalesce(sum(waiting), 0)::int FROM activations.recall_count) AS waiting,
           count(*) FILTER (WHERE m.state NOT IN ('planned', 'leased'))::int AS out,
           count(*) FILTER (WHERE m.state IN ('planned', 'leased') AND m.release_id IS NOT NULL)::int AS returned,
           count(*) FILTER (WHERE m.id IS NULL AND e.state IN ('waiting', 'running') OR m.state IN ('planned', 'leased'))::int AS "stillWaiting"
         FROM sequences.enrolment e LEFT JOIN delivery.message m ON m.enrolment_id = e.id`,
      );
      const { waiting, out, returned, stillWaiting } = mail!;
      process.stdout.write(
        `recall: answered after ${Math.round(answeredMs - beganMs)} ms, report complete after ${Math.round(completeMs - answeredMs)} ms; ` +
          `sent before ${out}, stopped ${waiting}, returned by journals ${returned}, rows ${items}\n`,
      );
      expect({ outputs: server.accepted.size - atGrace, activations, partners }).toEqual({
        outputs: 0,
        activations: PARTNERS,
        partners: PARTNERS,
      });
      const perChannel = (channel: string): number =>
        sums
          .filter((one: { channel: string }) => one.channel === channel)
          .reduce((sum: number, one: { items: number }) => sum + one.items, 0);
      expect(CHANNELS.map((channel) => [channel, Math.floor(perChannel(channel) / PARTNERS) >= 1])).toEqual(
        CHANNELS.map((channel) => [channel, true]),
      );
      expect(perLaunch).toBeGreaterThan(0);
      expect(items).toBe(perLaunch * PARTNERS);
      expect(stillWaiting + out).toBe(EMAILS);
      expect(waiting).toBeGreaterThan(0);
      // Counted once at most. The report may lack only what a process that died had in its hands.
      expect(waiting).toBeLessThanOrEqual(stillWaiting);
      expect(stillWaiting - waiting).toBeLessThanOrEqual(returned);
      expect(await faults.fallen()).toEqual([]);
    },
    20 * MINUTES,
  );
});
