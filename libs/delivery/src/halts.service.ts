import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock, DomainError, type Id, newId, type SystemActor, systemActor } from '#kernel';

export const HALT_SCOPES = ['everything', 'vendor', 'partner', 'campaign', 'activation'] as const;
export type HaltScope = (typeof HALT_SCOPES)[number];

export interface Halt {
  readonly id: Id<'halt'>;
  readonly scope: HaltScope;
  readonly subjectId: string | null;
  readonly reason: string;
  readonly haltedBy: string;
  readonly haltedAt: Date;
}

/** What a message belongs to, for asking whether it is halted. */
export interface HaltSubject {
  readonly vendorId: string;
  readonly partnerId: string;
  readonly campaignId: string;
  readonly activationId: string;
}

const READER = systemActor('halts');

/** What is in force, to be asked many times without asking the database. */
export class HaltsInForce {
  private readonly subjects: ReadonlySet<string>;

  constructor(readonly all: readonly Halt[]) {
    this.subjects = new Set(all.map(({ scope, subjectId }) => `${scope} ${subjectId ?? ''}`));
  }

  get everything(): boolean {
    return this.subjects.has('everything ');
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
 * The kill switch. Looked at when messages are claimed and again in the transaction that hands them off: after `halt` has committed, no
 * chunk begins; what is on the wire finishes.
 */
@Injectable()
export class Halts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async inForce(actor: SystemActor = READER): Promise<HaltsInForce> {
    return new HaltsInForce(
      await this.database.inTransaction(actor, () =>
        this.database.query<Halt>(
          `SELECT id, scope, subject_id AS "subjectId", reason, halted_by AS "haltedBy", halted_at AS "haltedAt"
           FROM delivery.halt WHERE lifted_at IS NULL ORDER BY halted_at`,
        ),
      ),
    );
  }

  /** Halts; twice is once. @param subjectId null for everything, and only then. @throws DomainError `halt.subject` */
  async halt(
    actor: SystemActor,
    request: { scope: HaltScope; subjectId: string | null; reason: string },
  ): Promise<void> {
    if ((request.scope === 'everything') !== (request.subjectId === null)) {
      throw new DomainError(
        'halt.subject',
        request.scope === 'everything'
          ? 'A halt of everything names no id. Leave the id out, or name a narrower scope.'
          : `Name the id of the ${request.scope} that shall stop.`,
        { field: 'subjectId' },
      );
    }
    await this.database.inTransaction(actor, () =>
      this.database.query(
        `INSERT INTO delivery.halt (id, scope, subject_id, reason, halted_by, halted_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING`,
        [newId<Id<'halt'>>(), request.scope, request.subjectId, request.reason, actor.name, this.clock.now()],
      ),
    );
  }

  /** Lifts a halt. @returns whether there was one. */
  async lift(actor: SystemActor, scope: HaltScope, subjectId: string | null): Promise<boolean> {
    const lifted = await this.database.inTransaction(actor, () =>
      this.database.query(
        `UPDATE delivery.halt SET lifted_by = $3, lifted_at = $4 WHERE scope = $1 AND subject_id IS NOT DISTINCT FROM $2 AND lifted_at IS NULL RETURNING id`,
        [scope, subjectId, actor.name, this.clock.now()],
      ),
    );
    return lifted.length > 0;
  }
}
