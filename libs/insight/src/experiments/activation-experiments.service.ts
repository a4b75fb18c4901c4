import { Injectable } from '@nestjs/common';
import { type Activation, Activations } from '#activations';
import { type CompiledCampaign, programTexts } from '#content';
import type { ActivationExperiments as Experiments, HoldOutResult, TestResult } from '#contracts';
import { Database } from '#database';
import {
  type Comparisons,
  horizonOf,
  type Proportion,
  proportionDifference,
  smallestDifference,
  verdictOf,
} from '#experiments';
import { requirePermission } from '#identity';
import { type ActivationId, Clock, HOUR_MS, type PartnerActor } from '#kernel';
import { earliestHours, holdOutPercentOf, type TestedStep, testedStepOf } from '#sequencing';
import { holdOutCounts, NO_CONTACTS } from './hold-out-counts.js';
import { type ArmCount, testCounts } from './test-counts.js';

/** What the experiments of a partner's activation show. The partner sees its own exactly. */
@Injectable()
export class ActivationExperiments {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly activations: Activations,
  ) {}

  /** @throws DomainError `activation.not-found`. */
  async of(actor: PartnerActor, id: ActivationId): Promise<Experiments> {
    requirePermission(actor, 'activations.read');
    const activation = await this.activations.get(actor, id);
    const compiled = await this.activations.campaign(actor, activation);
    const { sequence } = compiled.definition;
    const tested = testedStepOf(sequence);
    const winner = await this.activations.testWinner(actor, activation);
    return this.database.inTransaction(actor, async () => ({
      holdOut:
        sequence.holdOut === undefined
          ? null
          : await this.holdOut(activation, holdOutPercentOf(sequence, activation.choices)),
      test: tested === null ? null : { ...(await this.test(activation, compiled, tested)), winner },
    }));
  }

  private async holdOut(activation: Activation, percent: number): Promise<HoldOutResult> {
    const horizon = horizonOf(activation.startAt);
    const counts = (await holdOutCounts(this.database, [activation])).get(activation.id) ?? NO_CONTACTS;
    const [written, heldOut] = [leadShare(counts.written), leadShare(counts.heldOut)];
    const difference = proportionDifference(written, heldOut);
    return {
      percent,
      ...counts,
      difference,
      smallest: smallestDifference({ one: written.of, other: heldOut.of, baseRate: pooledRate([written, heldOut]) }),
      verdict: verdictOf(difference, horizon.readAt, this.clock.now()),
      readAt: horizon.readAt.toISOString(),
    };
  }

  private async test(
    activation: Activation,
    { definition, emails }: CompiledCampaign,
    { stepKey, arms }: TestedStep,
  ): Promise<Omit<TestResult, 'winner'>> {
    const horizon = horizonOf(activation.startAt);
    const { arms: counted, notCounted } = await testCounts(this.database, activation, stepKey, horizon);
    const counts = arms.map((email): ArmCount => counted.find((one) => one.email === email) ?? emptyArm(email));
    // The e-mail of a later step is sent later, and followed as long.
    const delayMs = (earliestHours(definition.sequence).get(stepKey) ?? 0) * HOUR_MS;
    const readAt = new Date(horizon.readAt.getTime() + delayMs);
    const shares = counts.map(({ clicked, people }): Proportion => ({ done: clicked, of: people }));
    const [first = { done: 0, of: 0 }, ...others] = shares;
    const comparisons = Math.min(3, Math.max(1, others.length)) as Comparisons;
    return {
      stepKey,
      notCounted,
      smallest: smallestDifference({
        one: Math.min(...others.map(({ of }) => of)),
        other: first.of,
        baseRate: pooledRate(shares),
      }),
      readAt: readAt.toISOString(),
      arms: counts.map((arm, at) => {
        const difference = at === 0 ? null : proportionDifference(shares[at] ?? first, first, comparisons);
        const subjects = programTexts(emails.find(({ key }) => key === arm.email)?.masters ?? {}, 'subject');
        return {
          ...arm,
          subject: subjects[activation.locale] ?? Object.values(subjects)[0] ?? null,
          difference,
          verdict: verdictOf(difference, readAt, this.clock.now()),
        };
      }),
    };
  }
}

const emptyArm = (email: string): ArmCount => ({ email, people: 0, clicked: 0, replied: 0 });

const leadShare = ({ people, leads }: HoldOutResult['written']): Proportion => ({ done: leads, of: people });

/** The share of all groups together: what a power calculation begins with. */
function pooledRate(groups: readonly Proportion[]): number {
  const [done, of] = [
    groups.reduce((sum, group) => sum + group.done, 0),
    groups.reduce((sum, group) => sum + group.of, 0),
  ];
  return of === 0 ? 0 : done / of;
}
