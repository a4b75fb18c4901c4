import { Injectable } from '@nestjs/common';
import { TestWinners } from '#campaigns';
import { type CompiledCampaign, CompiledCampaigns } from '#content';
import type { VendorExperiments as Experiments } from '#contracts';
import { alwaysValidDifference, type Proportion, verdictOf } from '#experiments';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, notFound, type VendorActor } from '#kernel';
import { type TestedStep, testedStepOf } from '#sequencing';
import { newestDue, nextStart, releasedOn } from '../release-calendar.js';
import { releasedSum } from '../released-results.js';
import { ReleasedTables } from '../released-tables.service.js';
import { PARTNERS_NEEDED } from '../result-releases.service.js';
import { dayOf } from '../window.js';
import { armView } from './arm-view.js';
import { type NewestVersion, NewestVersions } from './newest-versions.service.js';
import { programmeArms, testDays } from './programme-arms.js';
import { HELD_OUT_NEEDED, type Lift, ProgrammeLift } from './programme-lift.service.js';

/**
 * What the experiments of a campaign show its vendor: tests from the numbers that are released anyway, with
 * their noise; hold-outs from partners that show it their totals.
 */
@Injectable()
export class VendorExperiments {
  constructor(
    private readonly clock: Clock,
    private readonly compiled: CompiledCampaigns,
    private readonly winners: TestWinners,
    private readonly tables: ReleasedTables,
    private readonly lift: ProgrammeLift,
    private readonly versions: NewestVersions,
  ) {}

  /**
   * Of the newest version that is published.
   * @throws DomainError `campaign.not-found` also for a campaign that was never published.
   */
  async of(actor: VendorActor, campaignId: CampaignId): Promise<Experiments> {
    requirePermission(actor, 'vendor-insight.read');
    const [version] = await this.versions.find(actor, [campaignId]);
    if (version === undefined) throw notFound('campaign', campaignId);
    const compiled = await this.compiled.load(version.compiledHash);
    const { sequence } = compiled.definition;
    const tested = testedStepOf(sequence);
    const lift = await this.lift.of(campaignId);
    const hasHoldOut = sequence.holdOut !== undefined || lift.partners > 0;
    return {
      version: version.number,
      holdOut: hasHoldOut ? this.holdOut(sequence.holdOut?.percent ?? 0, lift) : null,
      test: tested === null ? null : await this.test(actor, { campaignId, version, compiled, tested }),
    };
  }

  private holdOut(percent: number, { partners, strata, madeOn }: Lift): NonNullable<Experiments['holdOut']> {
    const difference = alwaysValidDifference(strata);
    return {
      percent,
      partners,
      written: leadGroup(strata.map(({ one }) => one)),
      heldOut: leadGroup(strata.map(({ other }) => other)),
      difference,
      verdict: verdictOf(difference, null, this.clock.now()),
      madeOn,
      partnersNeeded: PARTNERS_NEEDED,
      heldOutNeeded: HELD_OUT_NEEDED,
    };
  }

  private async test(
    actor: VendorActor,
    {
      campaignId,
      version,
      compiled,
      tested,
    }: { campaignId: CampaignId; version: NewestVersion; compiled: CompiledCampaign; tested: TestedStep },
  ): Promise<NonNullable<Experiments['test']>> {
    const now = this.clock.now();
    const today = dayOf(now);
    const { stepKey, of } = tested;
    const found = await this.tables.find(actor, testDays(today), ['steps']);
    const cells = found.filter((one) => one.campaignId === campaignId);
    const winner = await this.winners.of(actor, version.id);
    return {
      stepKey,
      of,
      nextOn: releasedOn('four-weeks', nextStart('four-weeks', newestDue('four-weeks', today))),
      winner: winner === null ? null : { ...winner, appliedAt: winner.appliedAt.toISOString() },
      arms: programmeArms(cells, { ...tested, version: version.number }, now).map(({ sent, clicked, ...arm }) => ({
        ...arm,
        ...armView(compiled, tested, arm.arm, compiled.definition.locales[0]),
        sent: releasedSum(sent),
        clicked: releasedSum(clicked),
      })),
    };
  }
}

function leadGroup(groups: readonly Proportion[]): { people: number; leads: number } {
  return {
    people: groups.reduce((sum, { of }) => sum + of, 0),
    leads: groups.reduce((sum, { done }) => sum + done, 0),
  };
}
