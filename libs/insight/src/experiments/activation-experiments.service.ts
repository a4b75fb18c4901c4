import { Injectable } from '@nestjs/common';
import { type Activation, Activations } from '#activations';
import type { CompiledCampaign } from '#content';
import type { ActivationExperiments as Experiments, HoldOutResult, TestResult } from '#contracts';
import { Database } from '#database';
import {
  type Comparisons,
  type Horizon,
  horizonOf,
  type Proportion,
  proportionDifference,
  smallestInActivation,
  testReadAt,
  verdictOf,
} from '#experiments';
import { requirePermission } from '#identity';
import { type ActivationId, Clock, HOUR_MS, type PartnerActor } from '#kernel';
import { earliestHours, holdOutPercentOf, type TestedStep, testedStepOf } from '#sequencing';
import { armView } from './arm-view.js';
import { holdOutCounts, NO_CONTACTS } from './hold-out-counts.js';
import { type ArmCount, type TestCounts, testCounts } from './test-counts.js';

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
    const { number: version, testWinner: winner } = await this.activations.testOf(actor, activation);
    return this.database.inTransaction(actor, async () => ({
      holdOut:
        sequence.holdOut === undefined
          ? null
          : await this.holdOut(activation, holdOutPercentOf(sequence, activation.choices)),
      test: tested === null ? null : { ...(await this.test(activation, compiled, { ...tested, version })), winner },
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
      smallest: smallestInActivation({ one: written.of, other: heldOut.of, baseRate: pooledRate([written, heldOut]) }),
      verdict: verdictOf(difference, horizon.readAt, this.clock.now()),
      readAt: horizon.readAt.toISOString(),
    };
  }

  private async test(
    activation: Activation,
    compiled: CompiledCampaign,
    tested: TestedStep & { readonly version: number },
  ): Promise<Omit<TestResult, 'winner'>> {
    const { stepKey, of, arms } = tested;
    const horizon = horizonOf(activation.startAt);
    const counted = await testCounts(this.database, activation, tested, horizon);
    const counts = arms.map((arm): ArmCount => counted.arms.find((one) => one.arm === arm) ?? emptyArm(arm));
    const readAt = this.testReadAt(compiled, stepKey, horizon, counted);
    const shares = counts.map(({ clicked, people }): Proportion => ({ done: clicked, of: people }));
    const [first = { done: 0, of: 0 }, ...others] = shares;
    const comparisons = Math.min(3, Math.max(1, others.length)) as Comparisons;
    return {
      stepKey,
      of,
      notCounted: counted.notCounted,
      waiting: counted.waiting,
      smallest: smallestInActivation({
        one: Math.min(...others.map(({ of }) => of)),
        other: first.of,
        baseRate: pooledRate(shares),
        comparisons,
      }),
      readAt: readAt.toISOString(),
      arms: counts.map((count, at) => {
        const difference = at === 0 ? null : proportionDifference(shares[at] ?? first, first, comparisons);
        return {
          ...count,
          ...armView(compiled, tested, count.arm, activation.locale),
          difference,
          verdict: verdictOf(difference, readAt, this.clock.now()),
        };
      }),
    };
  }

  /** The e-mail of a later step is sent later, and followed as long. */
  private testReadAt(
    { definition }: CompiledCampaign,
    stepKey: string,
    { readAt, followDays }: Horizon,
    { lastSentAt, waiting }: TestCounts,
  ): Date {
    const delayMs = (earliestHours(definition.sequence).get(stepKey) ?? 0) * HOUR_MS;
    const plannedAt = new Date(readAt.getTime() + delayMs);
    return testReadAt({ plannedAt, lastSentAt, waiting, followDays, now: this.clock.now() });
  }
}

const emptyArm = (arm: string): ArmCount => ({ arm, people: 0, clicked: 0, replied: 0 });

const leadShare = ({ people, leads }: HoldOutResult['written']): Proportion => ({ done: leads, of: people });

/** The share of all groups together: what a power calculation begins with. */
function pooledRate(groups: readonly Proportion[]): number {
  const [done, of] = [
    groups.reduce((sum, group) => sum + group.done, 0),
    groups.reduce((sum, group) => sum + group.of, 0),
  ];
  return of === 0 ? 0 : done / of;
}
