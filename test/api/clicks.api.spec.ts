import { Clicks, ClickVerdicts } from '#engagement';
import { Rollups } from '#insight';
import { systemActor, MINUTE_MS } from '#kernel';
import { http, openForSuite, owner, stage } from '../support/suite-product.js';
import { until } from '../support/until.js';

const PERSON = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';

interface Judged {
  readonly verdict: string;
  readonly why: string;
}

describe('people and machines', () => {
  openForSuite({ TRUST_PROXY_HOPS: '1' });

  const received = async (
    afterMs = MINUTE_MS,
  ): Promise<{
    id: string;
    links: string[];
    decoy: string;
    email: string;
    path: string;
    pagePath: string;
  }> => {
    const { email, path, pagePath } = await stage.running();
    const [mail] = await stage.mailTo(email);
    await until(async () => (await owner.get(path)).body.steps[0]?.sent === 1, 'the record of the mail');
    stage.api.clock.advance(afterMs);
    const html = mail!.html as string;
    const decoy = /(\/l\/[\w-]+)" tabindex="-1"/.exec(html)![1]!;
    const links = [...new Set([...html.matchAll(/\/l\/[\w-]+/g)].map(([link]) => link))].filter(
      (link) => link !== decoy,
    );
    return { id: mail!.messageId!.slice(1, 37), links, decoy, email, path, pagePath };
  };
  const click = (link: string, userAgent = PERSON) => http.get(link).set('User-Agent', userAgent).redirects(0);
  const toPage = async (links: readonly string[]): Promise<{ link: string; target: string }> => {
    for (const link of links) {
      const target = (await http.head(link).redirects(0)).headers['location']!;
      if (target.includes('/p/')) return { link, target };
    }
    throw new Error('No link leads to the landing page.');
  };
  const judged = async (id: string): Promise<Judged[]> => {
    await stage.api.app.get(Clicks).flushed();
    return stage.api.asOwner<Judged>(
      `SELECT verdict, why FROM engagement.interaction_with_verdict WHERE message_id = $1 AND kind = 'click' AND why <> 'asked for headers only' ORDER BY at, id`,
      [id],
    );
  };
  const sweep = (): Promise<number> => stage.api.app.get(ClickVerdicts).rejectUnopened(systemActor('test'));

  it('keeps of each click its verdict and why', async () => {
    const { id, links } = await received();
    await click(links[0]!).expect(302);
    await click(links[0]!, 'curl/8').expect(302);
    expect(await judged(id)).toEqual([
      { verdict: 'human', why: 'nothing speaks against it' },
      { verdict: 'machine', why: 'named itself a machine' },
    ]);
  });

  it('takes back what it thought of the first clicks of a burst', async () => {
    const { id, links } = await received();
    expect(links.length).toBeGreaterThanOrEqual(2);
    for (const link of links) await click(link).expect(302);
    const all = await judged(id);
    // Legal pages are part of the burst, but nothing is judged about them.
    const ofCampaign = links.length - 2;
    expect(all).toHaveLength(ofCampaign);
    expect(all.every(({ verdict, why }) => verdict === 'machine' && why === 'followed many links at once')).toBe(true);
  });

  it('knows who follows the link that nobody sees, and what came a minute around it', async () => {
    const { id, links, decoy } = await received();
    await click(links[0]!).expect(302);
    stage.api.clock.advance(40_000);
    await click(decoy).expect(302);
    stage.api.clock.advance(40_000);
    await click(links[0]!).expect(302);
    expect((await judged(id)).map(({ why }) => why)).toEqual(
      Array(3).fill('followed a link that is invisible to people'),
    );
    stage.api.clock.advance(2 * MINUTE_MS);
    await click(links[0]!).expect(302);
    expect((await judged(id)).at(-1)).toMatchObject({ verdict: 'human' });
  });

  it('takes back a click after which the page was never opened, and none after which it was', async () => {
    const [stayed, went] = [await received(), await received()];
    await click((await toPage(stayed.links)).link).expect(302);
    const { link } = await toPage(went.links);
    const { headers } = await click(link).expect(302);
    await http.get(new URL(headers['location']!).pathname + new URL(headers['location']!).search).expect(200);
    await judged(went.id);
    await sweep();
    expect(await judged(stayed.id)).toMatchObject([{ verdict: 'human' }]);
    stage.api.clock.advance(6 * MINUTE_MS);
    await sweep();
    expect(await judged(stayed.id)).toEqual([{ verdict: 'machine', why: 'never opened the page behind the link' }]);
    expect(await judged(went.id)).toMatchObject([{ verdict: 'human' }]);
  });

  it('believes who sends the form, whatever it thought of the click before', async () => {
    const { id, links, email, pagePath } = await received();
    await click(links[0]!, 'SomeScanner/1.0').expect(302);
    await judged(id);
    await http
      .post(`${pagePath}/form`)
      .type('form')
      .send({ email, firstName: 'A', lastName: 'B', company: 'C', consent: 'yes' })
      .expect(200);
    expect(await judged(id)).toEqual([{ verdict: 'human', why: 'sent the form afterwards' }]);
  });

  it('counts what counts now: revised clicks move, and the ledgers agree', async () => {
    const { path } = await received();
    expect((await owner.get(path)).body.clicks).toEqual([]);
    const rollups = stage.api.app.get(Rollups, { strict: false });
    expect(await rollups.reconcile(stage.partner.id)).toBe(0);
    const { body } = await owner.get('/api/v1/insight').expect(200);
    const [{ human }] = (await stage.api.asOwner<{ human: string }>(
      `SELECT count(*) AS human FROM engagement.interaction_with_verdict WHERE kind = 'click' AND verdict = 'human'`,
    )) as [{ human: string }];
    expect(body.numbers.clicks).toBe(Number(human));
  });

  it('goes on redirecting while PostgreSQL is away, and has every click once when it is back', async () => {
    const [known, unknown] = [await received(), await received()];
    await click(known.links[0]!).expect(302);
    await judged(known.id);
    let again: string;
    const name = new URL(stage.api.databaseUrl).pathname.slice(1);
    const server = stage.api.ownerUrl.replace(/\/[^/]*$/, '/postgres');
    await asOwnerOf(server, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await asOwnerOf(server, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    try {
      for (let n = 0; n < 3; n++) await click(known.links[0]!).expect(302);
      const wait = await click(unknown.links[0]!).expect(503);
      const [, address = ''] = /content="3;url=([^"]+)"/.exec(wait.text) ?? [];
      expect(address).toMatch(new RegExp(`^${unknown.links[0]!}\\?again=[0-9a-f-]{36}$`));
      again = address;
      await click(again).expect(503);
    } finally {
      await asOwnerOf(server, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    }
    await click(again).expect(302);
    await until(async () => (await judged(known.id)).length === 4, 'the clicks');
    expect(await judged(unknown.id)).toHaveLength(1);
    expect(await judged(known.id)).toHaveLength(4);
  });
});

async function asOwnerOf(url: string, sql: string): Promise<void> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
