import { MessageLinks } from '#engagement';
import type { MessageId } from '#kernel';
import { until } from '../support/until.js';
import type { Chance } from './chance.js';
import type { FaultSite } from './fault-site.js';

export interface RaceReport {
  readonly unsubscribed: number;
  readonly sentAllTheSame: number;
  /** Sent although the submission began after the request had been answered. */
  readonly begunAfterwards: number;
  /**
   * Of those in submission already: longest time from the answer until the
   * first SMTP command.
   */
  readonly longestOverlapMs: number;
}

interface Raced {
  readonly id: MessageId;
  readonly state: string;
  readonly releasedMs: number | null;
}

/**
 * Contacts that unsubscribe while they are written to, by one click (RFC 8058),
 * many at once.
 */
export async function raceUnsubscribes(
  faults: FaultSite,
  { messages, leaving, leaseSeconds }: { messages: number; leaving: number; leaseSeconds: number },
  chance: Chance,
): Promise<RaceReport> {
  const { api } = faults.site;
  const messageLinks = api.app.get(MessageLinks, { strict: false });
  const activation = await faults.site.launch(await faults.site.aPartner('Left IT'), messages);
  const answeredMs = new Map<string, number>();
  /** Contacts that are about to be submitted, and that are in submission. */
  const onTheirWay = async (): Promise<{ id: MessageId }[]> => {
    const rows = await api.asOwner<{ id: MessageId; state: string }>(
      `SELECT id, state FROM delivery.message WHERE activation_id = $1 AND state IN ('leased', 'releasing') AND id <> ALL ($2)`,
      [activation, [...answeredMs.keys()]],
    );
    return ['leased', 'releasing'].flatMap((state) =>
      chance.shuffled(rows.filter((row) => row.state === state)).slice(0, Math.max(3, leaving / 20)),
    );
  };
  const leave = async (id: MessageId): Promise<void> => {
    const { pathname } = new URL(messageLinks.unsubscribeUrl(id));
    await api.http.post(pathname).type('form').send('List-Unsubscribe=One-Click').expect(200);
    answeredMs.set(id, Date.now());
  };
  const areGone = async (): Promise<boolean> => {
    await Promise.all((await onTheirWay()).map(({ id }) => leave(id)));
    await faults.hurry();
    return answeredMs.size >= leaving || (answeredMs.size > 0 && (await faults.open()) === 0);
  };
  await until(areGone, 'people to leave', 120_000);
  await faults.settled(120_000);
  const rows = await api.asOwner<Raced>(
    `SELECT id, state, extract(epoch FROM submit_until)::float8 * 1000 - $2 AS "releasedMs" FROM delivery.message WHERE id = ANY ($1)`,
    [[...answeredMs.keys()], leaseSeconds * 1000],
  );
  const sent = rows.filter(({ id }) => faults.server.accepted.has(id));
  const overlapOf = ({ id }: Raced): number => (faults.server.begunAt.get(id) ?? 0) - (answeredMs.get(id) ?? 0);
  return {
    unsubscribed: answeredMs.size,
    sentAllTheSame: sent.length,
    begunAfterwards: sent.filter(({ id, releasedMs }) => (releasedMs ?? Infinity) > (answeredMs.get(id) ?? 0)).length,
    longestOverlapMs: Math.round(Math.max(0, ...sent.map(overlapOf))),
  };
}
