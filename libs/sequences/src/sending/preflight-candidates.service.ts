import { Injectable } from '@nestjs/common';
import { type RunningActivation, RunningActivations } from '#activations';
import { Database } from '#database';
import { type Claim, Ledger, ReleaseGate } from '#delivery';
import {
  type ActivationId,
  Clock,
  type EnrolmentId,
  type Locale,
  type ReleaseId,
  type SystemActor,
  groupBy,
} from '#kernel';
import { emailOf, stepOf } from '#sequencing';
import type { ContactClock } from '../enrolment/contact-clocks.service.js';
import { armInForce } from '../enrolment/enrolment-states.service.js';
import { UNREADABLE_RETRY_MS, UnreadableActivations } from '../enrolment/unreadable-activations.service.js';
import type { HeldMessage } from './draft.js';
import type { Postponed, PreflightCandidate } from './preflight-decisions.js';

interface LockedMessages {
  readonly candidates: readonly PreflightCandidate[];
  /** Messages of activations that cannot be read. */
  readonly postponed: readonly Postponed[];
}

/**
 * Locks the leased messages of a chunk and reads the activation and enrolment
 * of each.
 */
@Injectable()
export class PreflightCandidates {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly gate: ReleaseGate,
    private readonly ledger: Ledger,
    private readonly running: RunningActivations,
    private readonly unreadable: UnreadableActivations,
  ) {}

  /**
   * In the open transaction. Messages that are no longer under these claims are
   * left out.
   */
  async lock(actor: SystemActor, claims: readonly Claim[], releaseId: ReleaseId): Promise<LockedMessages> {
    await this.gate.pass(actor.partnerId);
    const leased = await this.ledger.lockLeased(actor, claims);
    const messages = leased.map((message) => ({ ...message, releaseId }));
    const { running, postponed } = await this.readActivations(actor, messages);
    const enrolments = await this.readEnrolments(messages);
    const begun = await this.begunAmong(
      messages.filter(({ activationId }) => running.get(activationId)?.recalls.some(({ mode }) => mode === 'finish')),
    );
    const candidates = messages.flatMap((message): PreflightCandidate[] => {
      const found = running.get(message.activationId);
      const enrolment = enrolments.get(message.enrolmentId);
      return found === undefined || enrolment === undefined
        ? []
        : [
            {
              ...enrolment,
              message: withPresentEmail(message, found, enrolment),
              running: found,
              hasBegun: begun.has(message.enrolmentId),
            },
          ];
    });
    return { candidates, postponed };
  }

  /** An activation that cannot be read postpones its own messages only. */
  private async readActivations(
    actor: SystemActor,
    messages: readonly HeldMessage[],
  ): Promise<{ running: Map<ActivationId, RunningActivation>; postponed: Postponed[] }> {
    const running = new Map<ActivationId, RunningActivation>();
    const postponed: Postponed[] = [];
    for (const [activationId, own] of groupBy(messages, (message) => message.activationId)) {
      try {
        running.set(activationId, await this.running.forSending(actor, activationId));
      } catch (error) {
        this.unreadable.report('release', activationId, error);
        const until = new Date(this.clock.now().getTime() + UNREADABLE_RETRY_MS);
        postponed.push(...own.map((message) => ({ message, reason: 'internal-error', until })));
      }
    }
    return { running, postponed };
  }

  /** Enrolments that have got an e-mail. Nothing is read where no recall lets contacts finish. */
  private async begunAmong(messages: readonly HeldMessage[]): Promise<ReadonlySet<EnrolmentId>> {
    if (messages.length === 0) return new Set();
    const rows = await this.database.query<{ id: EnrolmentId }>(
      `SELECT DISTINCT enrolment_id AS id FROM sequences.step_execution
       WHERE enrolment_id = ANY ($1) AND message_id IS NOT NULL AND outcome = 'sent'`,
      [messages.map(({ enrolmentId }) => enrolmentId)],
    );
    return new Set(rows.map(({ id }) => id));
  }

  private async readEnrolments(messages: readonly HeldMessage[]) {
    const rows = await this.database.query<
      ContactClock & { id: string; locale: Locale } & Pick<PreflightCandidate, 'arm' | 'armVersion'>
    >(
      'SELECT id, locale, time_zone, time_zone_source, country, arm, arm_version FROM sequences.enrolment WHERE id = ANY ($1)',
      [messages.map(({ enrolmentId }) => enrolmentId)],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}

/** An update may have put another e-mail into the step since it was planned. */
function withPresentEmail(
  message: HeldMessage,
  running: RunningActivation,
  enrolment: Pick<PreflightCandidate, 'arm'>,
): HeldMessage {
  const step = running.others === undefined ? undefined : stepOf(running.sequence, message.stepKey);
  return step?.kind === 'email' ? { ...message, emailKey: emailOf(step, armInForce(enrolment, running)) } : message;
}
