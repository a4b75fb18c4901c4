import { Injectable } from '@nestjs/common';
import { AuditLog } from '#audit';
import { Database } from '#database';
import {
  Clock,
  DomainError,
  type Id,
  newId,
  type PartnerActor,
  type PartnerId,
  type SystemActor,
  systemActor,
} from '#kernel';
import { ReleaseGate } from './release-gate.service.js';

export const HALT_SCOPES = ['everything', 'vendor', 'partner', 'campaign', 'activation'] as const;
export type HaltScope = (typeof HALT_SCOPES)[number];

/**
 * An operator, or one of five automatic causes. Each cause is lifted
 * separately. `trouble`: the operator must look into it; the reason is for
 * operators only.
 */
export type HaltCause = 'operator' | 'identity' | 'bounces' | 'complaints' | 'trouble' | 'restore';

export interface Halt {
  readonly id: Id<'halt'>;
  readonly scope: HaltScope;
  readonly subjectId: string | null;
  readonly cause: HaltCause;
  /** The counts behind an automatic halt; empty for an operator's. */
  readonly facts: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly haltedBy: string;
  readonly haltedAt: Date;
}

/** The ids of a message that a halt can name. */
export interface HaltSubject {
  readonly vendorId: string;
  readonly partnerId: string;
  readonly campaignId: string;
  readonly activationId: string;
}

interface HaltRequest {
  readonly scope: HaltScope;
  readonly subjectId: string | null;
  readonly reason: string;
  readonly cause?: HaltCause;
  readonly facts?: Readonly<Record<string, unknown>>;
}

const READER = systemActor('halts');
/** Short enough to read in `sending status`. */
const REASON_CHARACTERS = 500;
const COLUMNS = `id, scope, subject_id, cause, facts, reason, halted_by, halted_at`;

/**
 * PostgreSQL channel. Each transaction that creates or lifts a halt notifies
 * it.
 */
export const HALTS_CHANNEL = 'throughline_halts';

/** A snapshot of the halts, to ask many times without the database. */
export class HaltsInForce {
  private readonly subjects: ReadonlySet<string>;

  constructor(readonly all: readonly Halt[]) {
    this.subjects = new Set(all.map(({ scope, subjectId }) => `${scope} ${subjectId ?? ''}`));
  }

  get everything(): boolean {
    return this.subjects.has('everything ');
  }

  /** @returns since when the subject is halted; null if it is not. */
  since(subject: HaltSubject): Date | null {
    if (!this.covers(subject)) return null;
    return this.all.find((halt) => new HaltsInForce([halt]).covers(subject))?.haltedAt ?? null;
  }

  covers({ vendorId, partnerId, campaignId, activationId }: HaltSubject): boolean {
    return (
      this.everything ||
      this.subjects.has(`vendor ${vendorId}`) ||
      this.subjects.has(`partner ${partnerId}`) ||
      this.subjects.has(`campaign ${campaignId}`) ||
      this.subjects.has(`activation ${activationId}`)
    );
  }
}

/**
 * The kill switch. It is checked at the claim, and again in the transaction of
 * the release. After `halt` has committed no chunk is released; of the released
 * messages only those on the wire finish.
 */
@Injectable()
export class Halts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly gate: ReleaseGate,
  ) {}

  async inForce(actor: SystemActor = READER): Promise<HaltsInForce> {
    return new HaltsInForce(
      await this.database.inTransaction(actor, () =>
        this.database.query<Halt>(`SELECT ${COLUMNS} FROM delivery.halt WHERE lifted_at IS NULL ORDER BY halted_at`),
      ),
    );
  }

  /**
   * The automatic halts of partners, oldest first; limited to the partner in
   * scope if there is one.
   */
  async automaticHalts(actor: PartnerActor | SystemActor, partnerIds: readonly PartnerId[]): Promise<Halt[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Halt>(
        `SELECT ${COLUMNS} FROM delivery.halt
         WHERE scope = 'partner' AND subject_id = ANY ($1) AND cause <> 'operator' AND lifted_at IS NULL ORDER BY halted_at`,
        [partnerIds],
      ),
    );
  }

  /**
   * Halts a scope. A second halt of the same scope changes nothing. No release
   * begins after it has committed.
   * @param request `subjectId` is null for everything, and only then.
   * @returns whether it is new.
   * @throws DomainError `halt.subject`, `halt.reason`
   */
  async halt(actor: SystemActor, request: HaltRequest): Promise<boolean> {
    return this.database.inTransaction(actor, async () => {
      await this.gate.close();
      const isNew = await this.haltInTransaction(actor.name, request);
      if (isNew) await this.record(actor, 'sending.halted', request, { reason: request.reason });
      return isNew;
    });
  }

  /**
   * The same in the open transaction of a process.
   * @param by recorded as `halted_by`.
   */
  async haltInTransaction(
    by: string,
    { scope, subjectId, reason, cause = 'operator', facts = {} }: HaltRequest,
  ): Promise<boolean> {
    if ((scope === 'everything') !== (subjectId === null)) {
      throw new DomainError(
        'halt.subject',
        scope === 'everything'
          ? 'A halt of everything has no id. Omit the id, or choose a narrower scope.'
          : `Give the id of the ${scope} to halt.`,
        { field: 'subjectId' },
      );
    }
    if (reason.trim() === '' || reason.length > REASON_CHARACTERS)
      throw new DomainError(
        'halt.reason',
        `Give a reason of 1 to ${REASON_CHARACTERS} characters. It is shown to the operator who lifts the halt.`,
        { field: 'reason' },
      );
    const begun = await this.database.query(
      `INSERT INTO delivery.halt (id, scope, subject_id, cause, facts, reason, halted_by, halted_at, notified_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN $4 IN ('operator', 'restore') THEN $8::timestamptz END) ON CONFLICT DO NOTHING RETURNING id`,
      [newId<Id<'halt'>>(), scope, subjectId, cause, JSON.stringify(facts), reason, by, this.clock.now()],
    );
    if (begun.length > 0) await this.notify();
    return begun.length > 0;
  }

  /**
   * Lifts the halts of a scope with one of the causes.
   * @param by recorded as `lifted_by`.
   * @returns whether there was one.
   */
  async lift(
    actor: SystemActor,
    scope: HaltScope,
    subjectId: string | null,
    causes: readonly HaltCause[],
    by = actor.name,
  ): Promise<boolean> {
    return this.database.inTransaction(actor, async () => {
      const lifted = await this.database.query(
        `UPDATE delivery.halt SET lifted_by = $3, lifted_at = $4
         WHERE scope = $1 AND subject_id IS NOT DISTINCT FROM $2 AND cause = ANY ($5) AND lifted_at IS NULL RETURNING id`,
        [scope, subjectId, by, this.clock.now(), causes],
      );
      if (lifted.length > 0) await this.notify();
      // A lift by a partner, or an automatic one, is recorded by its caller.
      if (lifted.length > 0 && causes.includes('operator'))
        await this.record(actor, 'sending.lifted', { scope, subjectId }, { by });
      return lifted.length > 0;
    });
  }

  /**
   * In the open transaction.
   * @returns when a partner's halt for a cause was lifted last; null: never.
   */
  async lastLifted(partnerId: PartnerId, cause: HaltCause): Promise<Date | null> {
    const [row] = await this.database.query<{ at: Date | null }>(
      `SELECT max(lifted_at) AS at FROM delivery.halt WHERE scope = 'partner' AND subject_id = $1 AND cause = $2`,
      [partnerId, cause],
    );
    return row?.at ?? null;
  }

  /**
   * Notifies sending processes at the commit. Releases read the halts from the
   * database.
   */
  private async notify(): Promise<void> {
    await this.database.query(`NOTIFY ${HALTS_CHANNEL}`);
  }

  /** Audit entries for operators. A partner does not see them. */
  private async record(
    actor: SystemActor,
    action: 'sending.halted' | 'sending.lifted',
    { scope, subjectId }: Pick<HaltRequest, 'scope' | 'subjectId'>,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.audit.record(actor, { action, subject: { kind: scope, id: subjectId ?? 'everything' }, details });
  }

  /**
   * Claims halts whose partner has not been notified yet. The end of the open
   * transaction marks them as notified.
   */
  async claimUnnotified(limit: number): Promise<Halt[]> {
    return this.database.query<Halt>(
      `UPDATE delivery.halt SET notified_at = $1 WHERE id IN (
         SELECT id FROM delivery.halt WHERE notified_at IS NULL AND lifted_at IS NULL ORDER BY halted_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING ${COLUMNS}`,
      [this.clock.now(), limit],
    );
  }
}
