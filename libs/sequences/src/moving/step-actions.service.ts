import { Injectable, Logger } from '@nestjs/common';
import { type RunningActivation, RunningActivations } from '#activations';
import { recallOf } from '#campaigns';
import { type SendDecision, SendPolicy } from '#contacts';
import { Database, unnestRows } from '#database';
import { Halts, ReleaseGate } from '#delivery';
import { Jobs } from '#jobs';
import {
  type ActivationId,
  Clock,
  type ContactId,
  type PartnerId,
  type SystemActor,
  systemActor,
  groupBy,
} from '#kernel';
import { isAction, stepOf } from '#sequencing';
import { isExit, type ReasonCode } from '../enrolment/reason.js';
import { PERFORM_ACTION } from '../enrolment/sequences.jobs.js';
import { ActionEffects, type ActionRef } from './action-effects.service.js';

/** An action that is still to be done. */
interface OpenAction extends ActionRef {
  readonly activationId: ActivationId;
  readonly contactId: ContactId;
}
type Outcome = { readonly outcome: 'sent' | 'skipped'; readonly reason: ReasonCode };

/** Retry interval of actions while an activation is held or halted. */
const LOOK_AGAIN_MS = 30_000;

/** Actions other than e-mails: notifications, webhooks, posts and leads. */
@Injectable()
export class StepActions {
  private readonly logger = new Logger(StepActions.name);

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly halts: Halts,
    private readonly gate: ReleaseGate,
    private readonly running: RunningActivations,
    private readonly policy: SendPolicy,
    private readonly effects: ActionEffects,
  ) {}

  /**
   * Performs actions of a partner's contacts once, each with its outcome in one
   * transaction. Idempotent. If one fails, the others are still done.
   * @throws Error the first failure, after all were tried.
   */
  async perform(partnerId: PartnerId, refs: readonly ActionRef[]): Promise<void> {
    if (refs.length > 1)
      try {
        await this.performAll(partnerId, refs);
        return;
      } catch (error) {
        this.logger.warn(
          `${refs.length} actions could not be done together; they are done one by one. ${String(error)}`,
        );
      }
    const failures: unknown[] = [];
    for (const ref of refs) await this.performAll(partnerId, [ref]).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }

  private async performAll(partnerId: PartnerId, refs: readonly ActionRef[]): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    await this.database.inTransaction(actor, async () => {
      await this.gate.pass(partnerId);
      const asked = unnestRows(refs, { enrolmentId: 'uuid', stepKey: 'text', round: 'int' });
      const open = await this.database.query<OpenAction>(
        `SELECT enrolment_id, step_key, occurrence AS round, activation_id, contact_id
         FROM sequences.step_execution WHERE (enrolment_id, step_key, occurrence) IN (SELECT * FROM ${asked.from})
           AND outcome = 'pending' ORDER BY enrolment_id, step_key, occurrence FOR UPDATE`,
        asked.parameters,
      );
      for (const [activationId, own] of groupBy(open, (one) => one.activationId))
        await this.performInActivation(actor, partnerId, activationId, own);
    });
  }

  private async performInActivation(
    actor: SystemActor,
    partnerId: PartnerId,
    activationId: ActivationId,
    open: readonly OpenAction[],
  ): Promise<void> {
    const running = await this.running.forSending(actor, activationId);
    const halts = await this.halts.inForce(actor);
    const isHalted = halts.covers({ ...running.activation, activationId });
    if (running.activation.status === 'held' || isHalted) {
      const actions = open.map(({ enrolmentId, stepKey, round }) => ({ enrolmentId, stepKey, round }));
      await this.jobs.enqueue(PERFORM_ACTION, { partnerId, actions }, LOOK_AGAIN_MS);
      return;
    }
    const contactIds = open.map(({ contactId }) => contactId);
    const decisions = await this.policy.decide(actor, running.activation.vendorId, contactIds, this.clock.now());
    const settled: (ActionRef & Outcome)[] = [];
    for (const { contactId, ...ref } of open) {
      const refused = refusal(running, ref.stepKey, decisions.get(contactId));
      const outcome = refused === null ? 'sent' : 'skipped';
      const reason = refused ?? (await this.effects.apply({ actor, partnerId, ref, running, contactId }));
      settled.push({ ...ref, outcome, reason });
    }
    await this.settle(settled);
  }

  private async settle(settled: readonly (ActionRef & Outcome)[]): Promise<void> {
    const rows = unnestRows(
      settled,
      { enrolmentId: 'uuid', stepKey: 'text', round: 'int', outcome: 'text', reason: 'text' },
      [this.clock.now()],
    );
    await this.database.query(
      `UPDATE sequences.step_execution e SET outcome = given.outcome, reason = given.reason, decided_at = $1
       FROM ${rows.from}
       WHERE e.enrolment_id = given.enrolment_id AND e.step_key = given.step_key AND e.occurrence = given.round`,
      rows.parameters,
    );
  }
}

/**
 * Checked when the action is done, not when it was planned.
 * @returns null if it may be done.
 */
function refusal(running: RunningActivation, stepKey: string, decision: SendDecision | undefined): ReasonCode | null {
  const { activation, versionLive, sequence } = running;
  if (!versionLive) return 'version-ended';
  if (activation.status !== 'active' && activation.status !== 'completed') return 'activation-over';
  if (isPostRecalled(running, stepKey)) return 'recalled';
  if (decision === undefined) return 'contact-gone';
  // An update has removed it, or made an e-mail of it, since it was planned.
  const step = stepOf(sequence, stepKey);
  if (step === undefined || !isAction(step) || step.kind === 'email') return 'step-removed';
  return !decision.send && isExit(decision.reason) ? decision.reason : null;
}

/** A post that is to be published from now on begins now. */
function isPostRecalled({ activation: { locale }, sequence, recalls }: RunningActivation, stepKey: string): boolean {
  const step = stepOf(sequence, stepKey);
  if (step?.kind !== 'post') return false;
  return recallOf(recalls, { kind: 'social', key: step.post, locale, hasBegun: false }) !== null;
}
