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

/** A partner's mail under one domain of From. */
export interface StreamRef {
  readonly partnerId: PartnerId;
  readonly domain: string;
  /** Whether it is the partner's own, which receivers have to get to know; the mail domain is known to them. */
  readonly isOwn: boolean;
}

/** How far a stream is, for who looks after it. */
export interface StreamProgress {
  /** What today takes, and what of it is taken; null where nobody counts. */
  readonly today: { readonly limit: number; readonly taken: number } | null;
  /** The first look, while it lasts. */
  readonly look: { readonly limit: number; readonly taken: number; readonly endsAt: Date } | null;
  /** Messages that wait for either. */
  readonly waiting: number;
}

const COLUMNS = `look_from AS "holdFrom", look_taken AS "holdUsed", day::text AS day, day_limit, day_taken AS "dayUsed",
  booked_day::text, booked`;
/** How long a process takes a stream for unlimited that a stop may have set back. */
const FREE_MS = 5_000;
const HEALTH_MS = 3 * 86_400_000;

/** How much of each stream goes out: a first look at what comes back, then a limit a day that grows. In the open transaction of a process. */
@Injectable()
export class Streams {
  private readonly unlimitedUntil = new Map<string, number>();
  /** How long a first look lasts; 0 for none. */
  readonly holdMs: number;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) { FIRST_LOOK_MINUTES }: Pick<Config, 'FIRST_LOOK_MINUTES'>,
  ) {
    this.holdMs = FIRST_LOOK_MINUTES * 60_000;
  }

  /** Takes what may go out now of so many messages. @returns how many may, and when each of the others is looked at again. */
  async reserve(ref: StreamRef, wanted: number): Promise<Omit<StreamGrant, 'stream'>> {
    if (wanted === 0 || this.isUnlimited(ref)) return { granted: wanted, waits: [] };
    const now = this.clock.now();
    const current = await this.lock(ref);
    const today = onDayOf(current, now, await this.health(ref.partnerId, current, now));
    const allowance = grantFrom(today, wanted, now, this.holdMs);
    await this.save(ref, allowance.stream);
    if (allowance.stream.dayLimit === null && allowance.waits.length === 0 && this.isHoldOver(allowance.stream, now))
      this.unlimitedUntil.set(nameOf(ref), performance.now() + FREE_MS);
    return allowance;
  }

  /** After a stop: the first look begins anew with the next message. */
  async restartInitialHold(partnerId: PartnerId): Promise<void> {
    await this.database.query('UPDATE delivery.stream SET look_from = NULL, look_taken = 0 WHERE partner_id = $1', [
      partnerId,
    ]);
  }

  /** A stream as it was last written, or as it begins. */
  async known(actor: PartnerActor | SystemActor, ref: StreamRef): Promise<Stream> {
    return (await this.database.inTransaction(actor, () => this.read(ref))) ?? newStream(ref);
  }

  async progress(actor: PartnerActor | SystemActor, ref: StreamRef): Promise<StreamProgress> {
    return this.database.inTransaction(actor, async () => {
      const now = this.clock.now();
      const stream = onDayOf((await this.read(ref)) ?? newStream(ref), now, UNKNOWN_HEALTH);
      const [waiting] = await this.database.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM delivery.message WHERE partner_id = $1 AND retry_at IS NOT NULL AND reason IN ('first-look', 'warming-up')`,
        [ref.partnerId],
      );
      const { dayLimit, dayUsed, holdFrom, holdUsed } = stream;
      const isHolding = holdFrom !== null && !this.isHoldOver(stream, now);
      return {
        today: dayLimit === null ? null : { limit: dayLimit, taken: dayUsed },
        look: isHolding
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

  /** The stream, held until the transaction ends: two chunks of a partner take turns while somebody counts. */
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
      `UPDATE delivery.stream SET look_from = $3, look_taken = $4, day = $5, day_limit = $6, day_taken = $7, booked_day = $8, booked = $9
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

  /** Only a new day of a ramp asks for it. */
  private async health(partnerId: PartnerId, { day, dayLimit }: Stream, now: Date): Promise<StreamHealth> {
    if (dayLimit === null || day === null || day === dayOf(now)) return UNKNOWN_HEALTH;
    const [sum] = await this.database.query<StreamHealth>(
      `SELECT coalesce(sum(handed_over), 0)::int AS "submitted", coalesce(sum(bounced), 0)::int AS bounced, coalesce(sum(complained), 0)::int AS complained
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
