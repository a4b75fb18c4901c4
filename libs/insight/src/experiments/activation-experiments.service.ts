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
import { type ActivationId, type CampaignVersionId, Clock, HOUR_MS, type PartnerActor } from '#kernel';
import { earliestHours, holdOutPercentOf, type TestedStep, testedStepOf } from '#sequencing';
import { armView } from './arm-view.js';
import { type DrawnGroups, hasDrawn, holdOutCounts } from './hold-out-counts.js';
import { type ArmCount, type TestCounts, testCounts } from './test-counts.js';

interface PresentVersion {
  readonly versionId: CampaignVersionId;
  readonly version: number;
  /** Of its hold-out; 0: the partner refuses it; null: it has none. */
  readonly percent: number | null;
}

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
    const present = {
      versionId: activation.versionId,
      version,
      percent: sequence.holdOut === undefined ? null : holdOutPercentOf(sequence, activation.choices),
    };
    return this.database.inTransaction(actor, async () => ({
      ...(await this.holdOuts(actor, activation, present)),
      test: tested === null ? null : { ...(await this.test(activation, compiled, { ...tested, version })), winner },
    }));
  }

  private async holdOuts(
    actor: PartnerActor,
    activation: Activation,
    present: PresentVersion,
  ): Promise<Pick<Experiments, 'holdOut' | 'earlierHoldOuts'>> {
    const versions = (await holdOutCounts(this.database, [activation.id])).get(activation.id) ?? [];
    const results: HoldOutResult[] = [];
    for (const { versionId, horizon, ...counts } of versions) {
      if (versionId === present.versionId || !hasDrawn(counts)) continue;
      const { number: version } = await this.activations.testOf(actor, { versionId });
      const { definition } = await this.activations.campaign(actor, { versionId });
      // As the version is signed: a partner that refuses the hold-out now has not refused it when it was drawn.
      const percent = holdOutPercentOf(definition.sequence, {});
      results.push(this.holdOut({ version, percent }, counts, horizon));
    }
    const own = versions.find(({ versionId }) => versionId === present.versionId);
    if (own !== undefined && present.percent !== null)
      results.push(this.holdOut({ version: present.version, percent: present.percent }, own, own.horizon));
    const [holdOut = null, ...earlierHoldOuts] = results.toReversed();
    return { holdOut, earlierHoldOuts };
  }

  private holdOut(
    of: Pick<HoldOutResult, 'version' | 'percent'>,
    { written, heldOut, notCounted }: DrawnGroups,
    horizon: Horizon,
  ): HoldOutResult {
    const [one, other] = [leadShare(written), leadShare(heldOut)];
    const difference = proportionDifference(one, other);
    return {
      ...of,
      written,
      heldOut,
      notCounted,
      difference,
      smallest: smallestInActivation({ one: one.of, other: other.of, baseRate: pooledRate([one, other]) }),
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
