import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock, DAY_MS, DomainError, newId, type SystemActor, type VendorActor, type VendorId } from '#kernel';
import {
  BUDGETS,
  BUDGET_PERIOD_MS,
  budgetState,
  type BudgetState,
  type BudgetUse,
  type ReleaseKind,
} from './budget.js';
import { readyHour, type Reservation, type ReservationId } from './release.js';
import { lockReleases } from './release-lock.js';

export interface NewReservation {
  readonly vendorId: VendorId;
  readonly kind: LimitedKind;
  readonly subject: string;
  readonly cost: number;
  /** A subject has only one reservation in this time. */
  readonly onceInMs: number;
}

const COLUMNS = 'id, vendor_id, kind, subject, cost, number, at, ready_at';

/** What a vendor has used of one budget, and how many reservations wait. */
export interface BudgetUsage extends BudgetState {
  readonly waiting: number;
  /** Reservations of the last 365 days. */
  readonly reserved: number;
}

/**
 * Sets parts of a vendor's budgets aside. A reservation is never taken back: a
 * vendor could otherwise cancel a release whose numbers it can guess.
 */
@Injectable()
export class Reservations {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Sets a cost aside, in the open transaction.
   * @returns the reservation. It is not new if the subject has one that is
   *   younger than `onceInMs`.
   * @throws DomainError `forecast.spent`, `update-count.spent` or
   *   `update-check.spent` if the budget of 365 days has not enough left,
   *   `forecast.waiting` or `update-count.waiting` if too many reservations are
   *   not ready. They depend on the vendor's own requests alone.
   */
  async reserve(
    actor: VendorActor | SystemActor,
    request: NewReservation,
  ): Promise<{ readonly reservation: Reservation; readonly isNew: boolean }> {
    const { vendorId, kind, subject, onceInMs } = request;
    return this.database.inTransaction(actor, async () => {
      await lockReleases(this.database, vendorId);
      const newest = await this.newest(actor, vendorId, kind, subject);
      if (newest !== null && newest.at.getTime() > this.clock.now().getTime() - onceInMs)
        return { reservation: newest, isNew: false };
      return { reservation: await this.add(actor, request), isNew: true };
    });
  }

  /** @throws Error if there is none. */
  async get(actor: VendorActor | SystemActor, id: ReservationId): Promise<Reservation> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<Reservation>(`SELECT ${COLUMNS} FROM release.reservation WHERE id = $1`, [id]),
    );
    if (found === undefined) throw new Error(`There is no reservation ${id}.`);
    return found;
  }

  /** The newest reservation of a subject; null if there is none. */
  async newest(
    actor: VendorActor | SystemActor,
    vendorId: VendorId,
    kind: ReleaseKind,
    subject: string,
  ): Promise<Reservation | null> {
    const [found] = await this.database.inTransaction(actor, () =>
      this.database.query<Reservation>(
        `SELECT ${COLUMNS} FROM release.reservation WHERE vendor_id = $1 AND kind = $2 AND subject = $3
         ORDER BY at DESC LIMIT 1`,
        [vendorId, kind, subject],
      ),
    );
    return found ?? null;
  }

  private async add(
    actor: VendorActor | SystemActor,
    { vendorId, kind, subject, cost }: NewReservation,
  ): Promise<Reservation> {
    const { nextAt, waiting } = await this.usage(actor, vendorId, kind, cost);
    if (nextAt !== null) throw spent(kind, nextAt);
    const { maxWaiting } = BUDGETS[kind];
    if (maxWaiting !== null && waiting >= maxWaiting) throw tooManyWaiting(kind, maxWaiting);
    const id = newId<ReservationId>();
    const at = this.clock.now();
    const readyAt = readyHour(at);
    const [row] = await this.database.query<{ number: number }>(
      `INSERT INTO release.reservation (id, vendor_id, kind, subject, cost, at, ready_at, number)
       SELECT $1, $2, $3, $4, $5, $6, $7, 1 + count(*) FROM release.reservation WHERE vendor_id = $2 AND kind = $3
       RETURNING number`,
      [id, vendorId, kind, subject, cost, at, readyAt],
    );
    return { id, vendorId, kind, subject, cost, number: row?.number ?? 0, at, readyAt };
  }

  /** @param cost of the next release, for `nextAt`. */
  async usage(
    actor: VendorActor | SystemActor,
    vendorId: VendorId,
    kind: ReleaseKind,
    cost: number,
  ): Promise<BudgetUsage> {
    const now = this.clock.now();
    const uses = await this.database.inTransaction(actor, () =>
      this.database.query<BudgetUse & { readonly readyAt: Date }>(
        'SELECT cost, at, ready_at FROM release.reservation WHERE vendor_id = $1 AND kind = $2 AND at > $3 ORDER BY at',
        [vendorId, kind, new Date(now.getTime() - BUDGET_PERIOD_MS)],
      ),
    );
    const waiting = uses.filter(({ readyAt }) => readyAt > now).length;
    return { ...budgetState(BUDGETS[kind].perYear, uses, cost), waiting, reserved: uses.length };
  }
}

/** Kinds that are limited by their number: what they are called, and the codes of refusals. */
const LIMITED = {
  forecast: { called: 'forecasts', spent: 'forecast.spent', waiting: 'forecast.waiting' },
  'update-count': { called: 'estimates of contacts', spent: 'update-count.spent', waiting: 'update-count.waiting' },
  'update-check': { called: 'checks of unsubscribes', spent: 'update-check.spent', waiting: 'update-check.waiting' },
} as const satisfies Partial<Record<ReleaseKind, object>>;
type LimitedKind = keyof typeof LIMITED;

function spent(kind: LimitedKind, nextAt: Date): DomainError {
  // The first whole day on which it is possible at any time.
  const nextOn = new Date(nextAt.getTime() + DAY_MS - 1).toISOString().slice(0, 10);
  const { called, spent: code } = LIMITED[kind];
  return new DomainError(
    code,
    `All ${called} of these 365 days are used. The next one is possible from ${nextOn} on.`,
    { nextOn, nextAt: nextAt.toISOString() },
    { kind: 'conflict' },
  );
}

function tooManyWaiting(kind: LimitedKind, most: number): DomainError {
  const { called, waiting: code } = LIMITED[kind];
  return new DomainError(
    code,
    `${most} ${called} are being prepared. Ask again after the next full hour.`,
    { most },
    { kind: 'conflict' },
  );
}
