import { MessageLinks } from '#engagement';
import type { MessageId } from '#kernel';
import type { ServerProcess } from '../journeys/processes.js';
import { until } from '../support/until.js';
import { FaultSite } from './fault-site.js';

const isLong = process.env['LONG'] === '1';
const PEOPLE = isLong ? 200 : 40;
const AWAY_MS = isLong ? 60_000 : 8_000;
const EVERY_MS = 25;
const MINUTES = 60_000;
const PERSON = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';

interface Api {
  readonly process: ServerProcess;
  readonly url: string;
}
interface Asked {
  readonly messageId: MessageId;
  /** Null if the process died before it answered. */
  readonly status: number | null;
  readonly tookMs: number;
}

describe('clicks while PostgreSQL is away', () => {
  let faults: FaultSite;
  let links: { messageId: MessageId; path: string }[];
  const apis = new Map<string, Api>();
  const asked: Asked[] = [];

  beforeAll(async () => {
    faults = await FaultSite.open({ connections: 8, leaseSeconds: 30 });
    const { site } = faults;
    await faults.start('scheduler');
    await site.launch(await site.aPartner('Clicked IT'), PEOPLE);
    await faults.settled(MINUTES);
    const messageLinks = site.api.app.get(MessageLinks, { strict: false });
    const messages = await site.api.asOwner<{ id: MessageId }>('SELECT id FROM delivery.message ORDER BY id');
    links = messages.map(({ id }) => ({
      messageId: id,
      path: new URL(Object.values(messageLinks.linksOf(id, ['first']))[0] ?? '').pathname,
    }));
    for (const name of ['api-1', 'api-2']) apis.set(name, await site.startApi(name));
  }, 3 * MINUTES);
  afterAll(() => faults.close(), MINUTES);

  const follow = async ({ url }: Api, { messageId, path }: (typeof links)[number]): Promise<void> => {
    const began = performance.now();
    const request = { redirect: 'manual', headers: { 'user-agent': PERSON } } as const;
    const status = await fetch(`${url}${path}`, request).then(
      (answer) => answer.status,
      () => null,
    );
    asked.push({ messageId, status, tookMs: performance.now() - began });
  };
  /**
   * Clicks one after the other, on each running process in turn, while `work`
   * runs.
   */
  const clickWhile = async (work: Promise<unknown>): Promise<void> => {
    let isOver = false;
    void work.finally(() => (isOver = true));
    const under: Promise<void>[] = [];
    for (let n = 0; !isOver; n++) {
      const living = [...apis.values()];
      under.push(follow(living[n % living.length]!, links[n % links.length]!));
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
    await Promise.all([work, ...under]);
  };
  const inLedger = async (): Promise<Map<string, number>> => {
    const rows = await faults.site.api
      .asOwner<{ id: string; n: number }>(
        `SELECT message_id AS id, count(*)::int AS n FROM engagement.interaction WHERE kind = 'click' GROUP BY 1`,
      )
      .catch(() => []);
    return new Map(rows.map(({ id, n }) => [id, n]));
  };

  it(
    'are redirected at once, and recorded once each, although a process dies meanwhile',
    async () => {
      // A process redirects links that it has seen before, without PostgreSQL.
      for (const api of apis.values()) for (const link of links) await follow(api, link);
      const before = asked.length;
      const { site } = faults;
      const dying = apis.get('api-1')!;
      const outage = site.postgres.crash(AWAY_MS);
      const death = new Promise((resolve) => setTimeout(resolve, AWAY_MS / 2)).then(async () => {
        apis.delete('api-1');
        await dying.process.end('SIGKILL');
      });
      await clickWhile(Promise.all([outage, death]));
      apis.set('api-1', await site.startApi('api-1'));
      // Once more while they are all written to PostgreSQL.
      await clickWhile(new Promise((resolve) => setTimeout(resolve, 1_000)));

      const during = asked.slice(before);
      const answered = during.filter(({ status }) => status !== null);
      const took = answered.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
      const expected = (messageId: string): [least: number, most: number] => {
        const own = asked.filter((one) => one.messageId === messageId);
        return [own.filter(({ status }) => status !== null).length, own.length];
      };
      const isThere = async (): Promise<boolean> => {
        const ledger = await inLedger();
        return links.every(({ messageId }) => (ledger.get(messageId) ?? 0) >= expected(messageId)[0]);
      };
      await until(isThere, 'every click in the ledger');
      const ledger = await inLedger();
      const missing = links.filter(({ messageId }) => (ledger.get(messageId) ?? 0) < expected(messageId)[0]);
      const tooMany = links.filter(({ messageId }) => (ledger.get(messageId) ?? 0) > expected(messageId)[1]);
      process.stdout.write(
        `PostgreSQL away for ${AWAY_MS / 1000} s: ${answered.length} clicks answered, ${during.length - answered.length} cut off by the kill; ` +
          `median ${took[Math.floor(took.length / 2)]!.toFixed(1)} ms, 99 % ${took[Math.floor(took.length * 0.99)]!.toFixed(1)} ms; ` +
          `not in the ledger ${missing.length}, twice ${tooMany.length}\n`,
      );
      expect(answered.length).toBeGreaterThan((AWAY_MS / EVERY_MS) * 0.3);
      expect(during.length - answered.length).toBeLessThan(5);
      // A restarted process that has not seen a message asks for patience only
      // while PostgreSQL is down.
      expect(answered.filter(({ status }) => status !== 302)).toEqual([]);
      expect({ missing, tooMany }).toEqual({ missing: [], tooMany: [] });
    },
    5 * MINUTES,
  );
});
