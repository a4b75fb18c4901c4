import { rmSync } from 'node:fs';
import {
  AttributionTable,
  Campaigns,
  CampaignState,
  DealPage,
  DisclosedDealPage,
  PartnerInsight,
  PartnerReturns,
  SharedDealPage,
  TimelineMarks,
  VendorHome,
  VendorInsight,
  VendorReturns,
} from '#contracts';
import { newDataFolder } from '../support/data-folder.mjs';
import { Person } from './person.js';
import { freePorts, Standalone } from './standalone.js';

const PASSWORD = 'northwind demo';

describe('the history of the demonstration', () => {
  const data = newDataFolder('history');
  let standalone: Standalone;

  beforeAll(async () => {
    standalone = await Standalone.start(data, await freePorts(), { DEMO: 'yes' });
  }, 600_000);
  afterAll(async () => {
    await standalone.server.end('SIGINT');
    rmSync(data, { recursive: true, force: true });
  });

  const signIn = (email: string): Promise<Person> => Person.signIn(standalone.url, email, PASSWORD);
  const numberOf = async (sql: string, parameters: readonly unknown[] = []): Promise<number> => {
    const [row] = await standalone.asOwner<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`, parameters);
    return row?.n ?? -1;
  };

  it('fills the results of the vendor, as they were released', async () => {
    const maya = await signIn('maya@northwind.example');
    const { campaigns, numbers } = await maya.call('vendor-insight', VendorInsight);
    expect(campaigns.filter(({ weeks }) => weeks.length >= 4).map(({ names }) => names.length)).not.toEqual([]);
    expect(campaigns.some(({ fourWeeks, parts }) => fourWeeks.length > 0 && parts.length > 0)).toBe(true);
    // Leads are few: their noise hides them in about one of 100 installations.
    const shown = (of: typeof numbers): unknown[] => [of.sent?.value, of.clicked?.value];
    const biggest = campaigns.find(({ title }) => title === 'Zero trust at the edge');
    expect(biggest === undefined ? [] : shown(biggest.numbers)).toEqual([expect.any(Number), expect.any(Number)]);
    expect(shown(numbers)).toEqual([expect.any(Number), expect.any(Number)]);
  });

  it('fills the home of the vendor', async () => {
    const maya = await signIn('maya@northwind.example');
    const { released } = await maya.call('vendor-home', VendorHome);
    const valueOf = (name: string): unknown => released.find((figure) => figure.name === name)?.value;
    expect([valueOf('sent'), valueOf('clicked')]).toEqual([expect.any(Number), expect.any(Number)]);
  });

  it.each(['olivia@brightwater.example', 'jonas@kessler.example'])(
    'fills the results of a partner with money, people and e-mails (%s)',
    async (email) => {
      const partner = await signIn(email);
      const { numbers, money, campaigns } = await partner.call('insight?period=start', PartnerInsight);
      expect(campaigns.length).toBeGreaterThan(1);
      expect(numbers).toMatchObject({ sent: expect.any(Number), leads: expect.any(Number) });
      expect(Math.min(numbers.sent - 100, numbers.clicks - 10, numbers.leads - 2)).toBeGreaterThan(0);
      expect(JSON.stringify(money)).toMatch(/[1-9]\d{4}/);
    },
  );

  it('lets deals grow out of leads, with touches, campaigns and costs of their size', async () => {
    const olivia = await signIn('olivia@brightwater.example');
    const { paths, currencies } = await olivia.call('insight/attribution?period=start', AttributionTable);
    expect(paths.converted).toBeGreaterThan(1);
    const [won] = currencies;
    expect(won?.deals).toBeGreaterThan(1);
    expect(won?.uncreditedMinor).toBe(0);
    const returns = await olivia.call('insight/returns?period=start', PartnerReturns);
    const roi = returns.campaigns.flatMap((campaign) => campaign.roi ?? []);
    expect([Math.max(...roi) > 0.5, Math.max(...roi) < 20, Math.min(...roi) < 0]).toEqual([true, true, true]);
    const maya = await signIn('maya@northwind.example');
    const ofVendor = await maya.call('vendor-insight/returns', VendorReturns);
    const ofVendors = ofVendor.campaigns.flatMap((campaign) => campaign.roi ?? []);
    expect([Math.max(...ofVendors) > 0, Math.min(...ofVendors) < 0]).toEqual([true, true]);
  });

  it('has lost deals with their reasons, beside won and open ones', async () => {
    const stages = new Map<string, number>();
    for (const email of ['olivia@brightwater.example', 'jonas@kessler.example']) {
      const partner = await signIn(email);
      const { money } = await partner.call('insight?period=start', PartnerInsight);
      expect(money.wonDeals).toBeGreaterThan(0);
      const { items } = await partner.call('deals?limit=200', DealPage);
      const lost = items.filter(({ stage }) => stage === 'lost');
      expect(money.lostDeals).toBe(lost.length);
      for (const { lostReason, closedOn } of lost) expect([lostReason, closedOn]).not.toContain(null);
      for (const { stage } of items) stages.set(stage, (stages.get(stage) ?? 0) + 1);
    }
    expect(Math.min(stages.get('lost') ?? 0, stages.get('won') ?? 0)).toBeGreaterThan(0);
  });

  it('has a refund, deals in which another partner took part, and what the vendor sees of them', async () => {
    const [olivia, jonas] = [await signIn('olivia@brightwater.example'), await signIn('jonas@kessler.example')];
    const { items } = await olivia.call('deals?limit=200', DealPage);
    const [refunded, ...others] = items.filter(({ refundedMinor }) => refundedMinor > 0);
    expect([refunded?.stage, others.length]).toEqual(['won', 0]);
    const roles: unknown[] = [];
    for (const partner of [jonas, olivia])
      for (const { role } of (await partner.call('shared-deals?limit=200', SharedDealPage)).items) roles.push(role);
    expect(roles).toEqual(['influenced', 'sourced']);
    const maya = await signIn('maya@northwind.example');
    const shown = await maya.call('disclosed-deals?limit=200', DisclosedDealPage);
    expect(shown.items.flatMap(({ participants }) => participants.map(({ name, role }) => [name, role]))).toEqual([
      ['Kessler Systemhaus', 'influenced'],
    ]);
  });

  it('has a recall among the marks of a time axis, for the vendor and a partner', async () => {
    const day = (daysAgo: number): string => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
    for (const [email, path] of [
      ['maya@northwind.example', 'vendor-insight'],
      ['olivia@brightwater.example', 'insight'],
    ] as const) {
      const person = await signIn(email);
      const { items } = await person.call(`${path}/marks?from=${day(99)}&to=${day(0)}`, TimelineMarks);
      expect(items.filter(({ kind }) => kind === 'recalled').length).toBe(1);
    }
  });

  it('tells clicks of robots from those of people, who alone are touches, and has bounces of both kinds', async () => {
    const sums = { clicks: 0, machineClicks: 0, bounced: 0 };
    for (const email of ['olivia@brightwater.example', 'jonas@kessler.example']) {
      const partner = await signIn(email);
      const { clicks, machineClicks, bounced } = (await partner.call('insight?period=start', PartnerInsight)).numbers;
      sums.clicks += clicks;
      sums.machineClicks += machineClicks;
      sums.bounced += bounced.hard + bounced.soft + bounced.block + bounced.unknown;
    }
    expect(Math.min(sums.clicks, sums.machineClicks, sums.bounced)).toBeGreaterThan(0);
    expect(sums.machineClicks).toBeLessThan(sums.clicks);
    const judged = (verdict: string): Promise<number> =>
      numberOf(`engagement.interaction_with_verdict WHERE kind = 'click' AND verdict = $1`, [verdict]);
    const [human, machine] = [await judged('human'), await judged('machine')];
    expect(Math.min(human, machine)).toBeGreaterThan(0);
    const touches = `engagement.touch_view t JOIN engagement.interaction_with_verdict v ON v.id = t.id WHERE v.verdict`;
    expect(await numberOf(`${touches} = 'machine'`)).toBe(0);
    expect(await numberOf(`${touches} = 'human'`)).toBeGreaterThan(0);
    const returned = (reason: string): Promise<number> =>
      numberOf(`delivery.message WHERE state = 'bounced' AND reason = $1`, [reason]);
    expect(Math.min(await returned('bounced-hard'), await returned('bounced-soft'))).toBeGreaterThan(0);
  });

  it('has campaigns in several states, and has run for weeks', async () => {
    const maya = await signIn('maya@northwind.example');
    const { items } = await maya.call('campaigns?limit=30', Campaigns);
    const states = new Set<string>();
    for (const state of CampaignState.options)
      if ((await maya.call(`campaigns?limit=30&state=${state}`, Campaigns)).items.length > 0) states.add(state);
    expect(items.length).toBeGreaterThan(4);
    expect([...states]).toEqual(expect.arrayContaining(['in-review', 'published', 'retired']));
    expect(await numberOf(`(SELECT DISTINCT status FROM activations.activation) s`)).toBeGreaterThan(1);
    const weeks = `(SELECT DISTINCT date_trunc('week', settled_at) FROM delivery.message WHERE settled_at IS NOT NULL) w`;
    expect(await numberOf(weeks)).toBeGreaterThan(5);
  });

  it('has one reason for each message and non-message, and nothing that is late', async () => {
    expect(await numberOf('delivery.message')).toBeGreaterThan(1000);
    expect(
      await numberOf(
        `delivery.message m WHERE (SELECT count(*) FROM sequences.step_execution s WHERE s.message_id = m.id) <> 1`,
      ),
    ).toBe(0);
    expect(await numberOf(`sequences.step_execution WHERE outcome IN ('skipped', 'failed') AND reason = ''`)).toBe(0);
    expect(await numberOf(`delivery.message WHERE state IN ('leased', 'releasing', 'unknown', 'failed')`)).toBe(0);
    const { now, aheadMs } = (await (await fetch(`${standalone.url}/api/v1/clock`)).json()) as {
      now: string;
      aheadMs: number;
    };
    expect(aheadMs).toBe(0);
    const anHourAgo = new Date(Date.parse(now) - 3_600_000);
    expect(
      await numberOf(
        `sequences.enrolment e JOIN activations.activation a ON a.id = e.activation_id
      WHERE e.state = 'waiting' AND e.due_at < $1 AND a.status = 'active'`,
        [anHourAgo],
      ),
    ).toBe(0);
    expect(await numberOf('jobs.outbox WHERE failed_at IS NOT NULL')).toBe(0);
    expect(standalone.server.errors).toEqual([]);
  });

  it('is not made again by the next start', async () => {
    const tables = ['delivery.message', 'activations.activation', 'leads.lead', 'leads.deal', 'release.release'];
    const counts = (): Promise<number[]> => Promise.all(tables.map((table) => numberOf(table)));
    await standalone.server.end('SIGINT');
    standalone = await Standalone.start(data, await freePorts(), { DEMO: 'yes' });
    const before = await counts();
    expect(Math.min(...before)).toBeGreaterThan(0);
    await standalone.server.end('SIGINT');
    standalone = await Standalone.start(data, await freePorts(), { DEMO: 'yes' });
    expect(await counts()).toEqual(before);
  });
});

it('an installation without sample data has no history', async () => {
  const data = newDataFolder('no-history');
  const standalone = await Standalone.start(data, await freePorts(), { DEMO: 'no' });
  try {
    const [found] = await standalone.asOwner<{ n: number }>(
      `SELECT (SELECT count(*) FROM organisations.organisation) + (SELECT count(*) FROM delivery.message)
         + (SELECT count(*) FROM audit.entry) AS n`,
    );
    expect(Number(found?.n)).toBe(0);
  } finally {
    await standalone.server.end('SIGINT');
    rmSync(data, { recursive: true, force: true });
  }
});
