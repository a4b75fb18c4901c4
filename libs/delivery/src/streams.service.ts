import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import { Clock, type PartnerActor, type PartnerId, type SystemActor } from '#kernel';
import {
  type StreamGrant,
  grantFrom,
  dayOf,
  FIRST_DAY_LIMIT,
  INITIAL_HOLD_MESSAGES,
  type Stream,
  type StreamHealth,
  onDayOf,
} from './stream.js';

/** A partner's mail under one From domain. */
export interface StreamRef {
  readonly partnerId: PartnerId;
  readonly domain: string;
  /**
   * Whether the domain is the partner's own, which needs a warm-up. The mail
   * domain is established.
   */
  readonly isOwn: boolean;
}

/** The progress of a stream, for its owner. */
export interface StreamProgress {
  /** Today's limit and use; null without a limit. */
  readonly today: { readonly limit: number; readonly taken: number } | null;
  /** The initial hold while it lasts. */
  readonly initialHold: { readonly limit: number; readonly taken: number; readonly endsAt: Date } | null;
  /** Messages that wait for either. */
  readonly waiting: number;
}

const COLUMNS = `hold_from, hold_used, day::text AS day, day_limit, day_used,
  booked_day::text, booked`;
/**
 * How long a process may take a stream for unlimited after an automatic halt
 * has reset it.
 */
const FREE_MS = 5_000;
const HEALTH_MS = 3 * 86_400_000;

/**
 * Limits the mail of each stream: an initial hold, then a daily limit that
 * grows. In the open transaction of a process.
 */
@Injectable()
export class Streams {
  private readonly unlimitedUntil = new Map<string, number>();
  /** Length of the initial hold; 0 for none. */
  readonly holdMs: number;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) { INITIAL_HOLD_MINUTES }: Pick<Config, 'INITIAL_HOLD_MINUTES'>,
  ) {
    this.holdMs = INITIAL_HOLD_MINUTES * 60_000;
  }

  /**
   * Reserves messages of a stream.
   * @returns how many may be sent now, and when each of the others is tried
   *   again.
   */
  async reserve(ref: StreamRef, wanted: number): Promise<Omit<StreamGrant, 'stream'>> {
    if (wanted === 0 || this.isUnlimited(ref)) return { granted: wanted, waits: [] };
    const now = this.clock.now();
    const known = await this.lock(ref);
    const today = onDayOf(known, now, await this.health(ref.partnerId, known, now));
    const allowance = grantFrom(today, wanted, now, this.holdMs);
    await this.save(ref, allowance.stream);
    if (allowance.stream.dayLimit === null && allowance.waits.length === 0 && this.isHoldOver(allowance.stream, now))
      this.unlimitedUntil.set(nameOf(ref), performance.now() + FREE_MS);
    return allowance;
  }

  /**
   * After an automatic halt: the initial hold begins again with the next
   * message.
   */
  async restartInitialHold(partnerId: PartnerId): Promise<void> {
    await this.database.query('UPDATE delivery.stream SET hold_from = NULL, hold_used = 0 WHERE partner_id = $1', [
      partnerId,
    ]);
  }

  /** The stored stream, or a new one. */
  async current(actor: PartnerActor | SystemActor, ref: StreamRef): Promise<Stream> {
    return (await this.database.inTransaction(actor, () => this.read(ref))) ?? newStream(ref);
  }

  async progress(actor: PartnerActor | SystemActor, ref: StreamRef): Promise<StreamProgress> {
    return this.database.inTransaction(actor, async () => {
      const now = this.clock.now();
      const stream = onDayOf((await this.read(ref)) ?? newStream(ref), now, UNKNOWN_HEALTH);
      const [waiting] = await this.database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM delivery.message WHERE partner_id = $1 AND retry_at IS NOT NULL AND reason IN ('initial-hold', 'warming-up')`,
        [ref.partnerId],
      );
      const { dayLimit, dayUsed, holdFrom, holdUsed } = stream;
      const isHolding = holdFrom !== null && !this.isHoldOver(stream, now);
      return {
        today: dayLimit === null ? null : { limit: dayLimit, taken: dayUsed },
        initialHold: isHolding
          ? { limit: INITIAL_HOLD_MESSAGES, taken: holdUsed, endsAt: new Date(holdFrom.getTime() + this.holdMs) }
          : null,
        waiting: waiting?.count ?? 0,
      };
    });
  }

  private isUnlimited(ref: StreamRef): boolean {
    return (!ref.isOwn && this.holdMs === 0) || (this.unlimitedUntil.get(nameOf(ref)) ?? 0) > performance.now();
  }

  private isHoldOver({ holdFrom }: Stream, now: Date): boolean {
    return holdFrom !== null && holdFrom.getTime() + this.holdMs <= now.getTime();
  }

  /**
   * The stream, locked for the transaction: chunks of a partner are counted one
   * after the other.
   */
  private async lock(ref: StreamRef): Promise<Stream> {
    const known = await this.read(ref, 'FOR UPDATE');
    if (known !== null) return known;
    await this.database.query(
      'INSERT INTO delivery.stream (partner_id, domain, day_limit) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [ref.partnerId, ref.domain, newStream(ref).dayLimit],
    );
    const made = await this.read(ref, 'FOR UPDATE');
    if (made === null) throw new Error('The stream was not written.');
    return made;
  }

  private async read({ partnerId, domain }: StreamRef, lock: '' | 'FOR UPDATE' = ''): Promise<Stream | null> {
    const [row] = await this.database.query<Stream>(
      `SELECT ${COLUMNS} FROM delivery.stream WHERE partner_id = $1 AND domain = $2 ${lock}`,
      [partnerId, domain],
    );
    return row ?? null;
  }

  private async save({ partnerId, domain }: StreamRef, stream: Stream): Promise<void> {
    await this.database.query(
      `UPDATE delivery.stream SET hold_from = $3, hold_used = $4, day = $5, day_limit = $6, day_used = $7, booked_day = $8, booked = $9
       WHERE partner_id = $1 AND domain = $2`,
      [
        partnerId,
        domain,
        stream.holdFrom,
        stream.holdUsed,
        stream.day,
        stream.dayLimit,
        stream.dayUsed,
        stream.bookedDay,
        stream.booked,
      ],
    );
  }

  /** Read only on a new day of a warm-up. */
  private async health(partnerId: PartnerId, { day, dayLimit }: Stream, now: Date): Promise<StreamHealth> {
    if (dayLimit === null || day === null || day === dayOf(now)) return UNKNOWN_HEALTH;
    const [sum] = await this.database.query<StreamHealth>(
      `SELECT coalesce(sum(submitted), 0)::int AS "submitted", coalesce(sum(bounced), 0)::int AS bounced, coalesce(sum(complained), 0)::int AS complained
       FROM delivery.tally WHERE partner_id = $1 AND at > $2`,
      [partnerId, new Date(now.getTime() - HEALTH_MS)],
    );
    return sum ?? UNKNOWN_HEALTH;
  }
}

const UNKNOWN_HEALTH: StreamHealth = { submitted: 0, bounced: 0, complained: 0 };
const nameOf = ({ partnerId, domain }: StreamRef): string => `${partnerId} ${domain}`;
const newStream = ({ isOwn }: StreamRef): Stream => ({
  holdFrom: null,
  holdUsed: 0,
  day: null,
  dayLimit: isOwn ? FIRST_DAY_LIMIT : null,
  dayUsed: 0,
  bookedDay: null,
  booked: 0,
});
