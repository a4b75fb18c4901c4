import { until } from '../support/until.js';
import { FaultSite } from './fault-site.js';

const PEOPLE = 4_000;
const MINUTES = 60_000;
const DEATHS = 3;
/**
 * Bull finds entries of a silent process each half minute: three deaths take
 * five minutes.
 */
const inLong = process.env['LONG'] === '1' ? describe : describe.skip;

/**
 * Its entry comes back from Redis, and not only when the lease of the outbox
 * ends. That lease is as long as the longest list takes.
 */
inLong('a launch whose processes die one after the other while they enrol its people', () => {
  let faults: FaultSite;

  beforeAll(async () => {
    faults = await FaultSite.open({ connections: 8, leaseSeconds: 60 });
    await faults.start('scheduler');
  }, 6 * MINUTES);
  afterAll(() => faults.close(), MINUTES);

  const count = async (sql: string): Promise<number> => (await faults.site.api.asOwner<{ n: number }>(sql))[0]!.n;
  const enrolled = (): Promise<number> => count('SELECT count(*)::int AS n FROM sequences.enrolment');

  it(
    `has enrolled each contact once, after ${DEATHS} deaths, in time`,
    async () => {
      await faults.operate('halt', 'everything', '--reason', 'a test');
      const partner = await faults.site.aPartner('Brightwater IT');
      await faults.site.api.asOwner(
        `CREATE FUNCTION public.take_time() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.5); RETURN NULL; END $$`,
      );
      await faults.site.api.asOwner(
        'CREATE TRIGGER take_time AFTER INSERT ON sequences.enrolment FOR EACH STATEMENT EXECUTE FUNCTION public.take_time()',
      );
      await faults.site.launch(partner, PEOPLE);
      for (let death = 0; death < DEATHS; death++) {
        const before = await enrolled();
        await until(async () => (await enrolled()) > before, 'a page of people', 2 * MINUTES);
        await faults.kill('scheduler');
        await faults.start('scheduler');
      }
      const open = 'SELECT count(*)::int AS n FROM activations.activation WHERE enrolled_at IS NULL';
      await until(async () => (await count(open)) === 0, 'all contacts to be enrolled', 2 * MINUTES);
      expect(await enrolled()).toBe(PEOPLE);
      expect(await count('SELECT count(DISTINCT contact_id)::int AS n FROM sequences.enrolment')).toBe(PEOPLE);
    },
    12 * MINUTES,
  );
});
