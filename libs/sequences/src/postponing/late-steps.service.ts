import { Injectable } from '@nestjs/common';
import { Activations, type RunningActivation, RunningActivations } from '#activations';
import { Database } from '#database';
import { type ActivationId, Clock, type EnrolmentId, type PartnerActor, systemActor } from '#kernel';
import { evaluateDue } from '../sending/evaluate-due.js';
import { ENROLMENT_COLUMNS, type Enrolled } from '../enrolment/enrolment-states.service.js';

/** What resuming does with the contacts that are late at one step. */
export interface LateStep {
  readonly stepKey: string;
  readonly kind: string;
  /** Contacts that continue at once. */
  readonly now: number;
  /** Contacts that wait for the window of their next day. */
  readonly later: number;
  /** When the first of these continues. */
  readonly laterFrom: Date | null;
  /** Contacts that skip the step, because its days are over. */
  readonly passed: number;
}

const PAGE = 2_000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000' as EnrolmentId;

/**
 * Computes what resuming a held activation would do, by the rules that decide
 * it then.
 */
@Injectable()
export class LateSteps {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly activations: Activations,
    private readonly running: RunningActivations,
  ) {}

  /**
   * Steps at which a contact is late, in the order of the sequence.
   * @throws DomainError `activation.not-found`.
   */
  async preview(actor: PartnerActor, id: ActivationId): Promise<LateStep[]> {
    await this.activations.get(actor, id);
    const running = await this.running.forSending(systemActor('late-steps', { partnerId: actor.partnerId }), id);
    const steps = new Map<string, LateStep>();
    const now = this.clock.now();
    let page: readonly Enrolled[] = [];
    do {
      page = await this.page(actor, id, now, page.at(-1)?.id ?? FIRST_ID);
      for (const enrolment of page) count(steps, enrolment, running, now);
    } while (page.length === PAGE);
    const order = running.sequence.steps.map(({ key }) => key);
    return [...steps.values()].sort((a, b) => order.indexOf(a.stepKey) - order.indexOf(b.stepKey));
  }

  private page(actor: PartnerActor, id: ActivationId, now: Date, afterId: EnrolmentId): Promise<Enrolled[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<Enrolled>(
        `SELECT ${ENROLMENT_COLUMNS} FROM sequences.enrolment e
         WHERE activation_id = $1 AND state = 'waiting' AND due_at <= $2 AND id > $3 ORDER BY id LIMIT $4`,
        [id, now, afterId, PAGE],
      ),
    );
  }
}

function count(steps: Map<string, LateStep>, enrolment: Enrolled, running: RunningActivation, now: Date): void {
  const { step, next: standing, effects } = evaluateDue(enrolment, running, now);
  if (step === undefined) return;
  const known = steps.get(step.key) ?? { stepKey: step.key, kind: step.kind, ...NO_CONTACTS };
  const waits = step.kind === 'email' && effects.length === 0;
  const goes = step.kind !== 'email' || effects[0]?.kind === 'act';
  const from = waits ? standing.dueAt : null;
  steps.set(step.key, {
    ...known,
    now: known.now + Number(goes),
    later: known.later + Number(waits),
    laterFrom: from === null || (known.laterFrom !== null && known.laterFrom < from) ? known.laterFrom : from,
    passed: known.passed + Number(!waits && !goes),
  });
}

const NO_CONTACTS = { now: 0, later: 0, laterFrom: null, passed: 0 };
