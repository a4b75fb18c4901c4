import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock } from '#kernel';
import { destinationPauseMs } from './back-off.js';
import { UnexplainedRefusals, type GroupAnswer } from './unexplained-refusals.js';
import { MailGroups } from './mail-groups.service.js';
import { recover, slowDown, takeTokens, type Throttle } from './throttle.js';

type Row = Throttle & { readonly group: string; readonly refusals: number; readonly until: Date };
const COLUMNS = 'mail_group AS "group", refusals, paused_until AS until, rate, tokens, counted_at';

/** Answer of a group of mail servers to one message, with the SMTP text. */
export interface DestinationAnswer extends GroupAnswer {
  readonly text: string;
}

/**
 * Groups of mail servers that answered about rates or reputation (4.7.x,
 * 4.4.x), or that refuse everything without a reason. All mail to the domains
 * they serve waits, and is then throttled. The rows are shared by all
 * processes, and exist only while a group is throttled.
 */
@Injectable()
export class Destinations {
  /** Per process: a group that refuses one process soon refuses the others. */
  private readonly unexplained = new UnexplainedRefusals();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly groups: MailGroups,
  ) {}

  /**
   * The domains that are paused, with the end of the pause. In the open
   * transaction.
   */
  async paused(domains: readonly string[]): Promise<Map<string, Date>> {
    const groups = await this.groups.groupsOf(domains);
    const rows = await this.database.query<{ group: string; until: Date }>(
      'SELECT mail_group AS "group", paused_until AS until FROM delivery.destination WHERE mail_group = ANY ($1) AND paused_until > $2',
      [[...groups.values()], this.clock.now()],
    );
    const until = new Map(rows.map((row) => [row.group, row.until]));
    return new Map(
      [...groups].flatMap(([domain, group]) => {
        const at = until.get(group);
        return at === undefined ? [] : [[domain, at] as const];
      }),
    );
  }

  /**
   * Takes throttle tokens, in the open transaction.
   * @param domains of messages, in the order in which they are to be sent.
   * @returns for each domain null (may be sent now) or the time of the next
   *   try.
   */
  async reserve(domains: readonly string[]): Promise<(Date | null)[]> {
    const groupOf = new Map<string, string>();
    const waits = new Map<string, Date[]>();
    const now = this.clock.now();
    for (const { group, served, ...row } of await this.lockServing(domains)) {
      const throttle = recover(row, now);
      if (throttle === null) continue;
      for (const domain of served) groupOf.set(domain, group);
      const wanted = domains.filter((domain) => groupOf.get(domain) === group).length;
      const took = takeTokens(throttle, wanted, now);
      await this.saveThrottle(group, took.throttle);
      waits.set(group, [...Array.from({ length: took.granted }, () => now), ...took.waits]);
    }
    return domains.map((domain) => {
      const until = waits.get(groupOf.get(domain) ?? '')?.shift();
      return until === undefined || until <= now ? null : until;
    });
  }

  /**
   * Stores the answers of destinations, in the open transaction. Refusals
   * during a pause, of messages that were already under way, count once.
   * @returns a function to call after the commit. It counts unexplained
   *   refusals, so that a repeated transaction does not count them twice.
   */
  async recordAnswers(answers: readonly DestinationAnswer[]): Promise<() => void> {
    if (answers.length === 0) return () => undefined;
    const now = this.clock.now();
    const { refusing, store: store } = this.unexplained.evaluate(answers, now);
    const told = new Map(
      answers
        .filter(({ kind, group }) => kind === 'slow-down' || (kind === 'unexplained' && refusing.has(group)))
        .map(({ group, text }) => [group, text]),
    );
    const took = answers.filter(({ kind }) => kind === 'accepted').map(({ group }) => group);
    const well = [...new Set(took)].filter((group) => !told.has(group));
    // All locks in one statement, so that two callers never deadlock.
    const rows = new Map((await this.lock([...well, ...told.keys()])).map((row) => [row.group, row]));
    for (const group of well) await this.endPause(rows.get(group), now);
    for (const [group, text] of [...told].sort(([a], [b]) => a.localeCompare(b)))
      await this.slow(group, rows.get(group) ?? null, text, now);
    return store;
  }

  private async slow(group: string, known: Row | null, text: string, now: Date): Promise<void> {
    if (known !== null && known.until > now) return;
    const { rate, tokens, countedAt } = slowDown(known === null ? null : recover(known, now), now);
    const refusals = (known?.refusals ?? 0) + 1;
    await this.database.query(
      `INSERT INTO delivery.destination (mail_group, refusals, paused_until, smtp_text, rate, tokens, counted_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (mail_group) DO UPDATE SET refusals = $2, paused_until = $3, smtp_text = $4, rate = $5, tokens = $6, counted_at = $7`,
      [
        group,
        refusals,
        new Date(now.getTime() + destinationPauseMs(refusals)),
        text.slice(0, 500),
        rate,
        tokens,
        countedAt,
      ],
    );
  }

  /**
   * A group that accepts mail again is no longer paused. Its rate keeps
   * growing.
   */
  private async endPause(row: Row | undefined, now: Date): Promise<void> {
    if (row === undefined) return;
    if (recover(row, now) === null)
      await this.database.query('DELETE FROM delivery.destination WHERE mail_group = $1', [row.group]);
    else
      await this.database.query(
        'UPDATE delivery.destination SET refusals = 0, paused_until = least(paused_until, $2) WHERE mail_group = $1',
        [row.group, now],
      );
  }

  /** Locks the throttled ones of these groups, in one global order. */
  private async lock(groups: readonly string[]): Promise<Row[]> {
    return this.database.query<Row>(
      `SELECT ${COLUMNS} FROM delivery.destination WHERE mail_group = ANY ($1) ORDER BY mail_group FOR UPDATE`,
      [groups],
    );
  }

  /**
   * Locks the throttled groups that serve these domains. A domain without a
   * known group is not throttled.
   */
  private async lockServing(domains: readonly string[]): Promise<(Row & { readonly served: readonly string[] })[]> {
    return this.database.query<Row & { served: string[] }>(
      `SELECT ${COLUMNS}, served FROM delivery.destination
       JOIN (SELECT mail_group AS serving, array_agg(domain) AS served FROM delivery.mail_group
         WHERE domain = ANY ($1) GROUP BY mail_group) g ON serving = mail_group
       ORDER BY mail_group FOR UPDATE OF destination`,
      [[...new Set(domains)]],
    );
  }

  private async saveThrottle(group: string, { rate, tokens, countedAt }: Throttle): Promise<void> {
    await this.database.query(
      'UPDATE delivery.destination SET rate = $2, tokens = $3, counted_at = $4 WHERE mail_group = $1',
      [group, rate, tokens, countedAt],
    );
  }
}
