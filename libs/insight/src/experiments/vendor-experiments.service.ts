import { Injectable } from '@nestjs/common';
import { TestWinners } from '#campaigns';
import { type CompiledCampaign, CompiledCampaigns } from '#content';
import type { VendorExperiments as Experiments } from '#contracts';
import { Database } from '#database';
import { alwaysValidDifference, noisyDifference, type NoisyProportion, type Proportion, verdictOf } from '#experiments';
import { requirePermission } from '#identity';
import { type CampaignId, type CampaignVersionId, Clock, notFound, type VendorActor } from '#kernel';
import { sdOfSum } from '#release';
import { type TestedStep, testedStepOf } from '#sequencing';
import type { BlobHash } from '#storage';
import { newestDue, nextStart, releasedOn } from '../release-calendar.js';
import { type NoisyNumber, releasedSum } from '../released-results.js';
import { ReleasedTables } from '../released-tables.service.js';
import { PARTNERS_NEEDED } from '../result-releases.service.js';
import { addDays, dayOf } from '../window.js';
import { armNumbers } from './arm-numbers.js';
import { armView } from './arm-view.js';
import { HELD_OUT_NEEDED, type Lift, ProgrammeLift } from './programme-lift.service.js';

/** How long a released number counts for a test. */
const DAYS = 364;

interface PublishedVersion {
  readonly id: CampaignVersionId;
  readonly number: number;
  readonly compiledHash: BlobHash;
}

/**
 * What the experiments of a campaign show its vendor: tests from the numbers that are released anyway, with
 * their noise; hold-outs from partners that show it their totals.
 */
@Injectable()
export class VendorExperiments {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly compiled: CompiledCampaigns,
    private readonly winners: TestWinners,
    private readonly tables: ReleasedTables,
    private readonly lift: ProgrammeLift,
  ) {}

  /**
   * Of the newest version that is published.
   * @throws DomainError `campaign.not-found` also for a campaign that was never published.
   */
  async of(actor: VendorActor, campaignId: CampaignId): Promise<Experiments> {
    requirePermission(actor, 'vendor-insight.read');
    const version = await this.newestPublished(actor, campaignId);
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

  private async newestPublished(actor: VendorActor, campaignId: CampaignId): Promise<PublishedVersion> {
    const [version] = await this.database.inTransaction(actor, () =>
      this.database.query<PublishedVersion>(
        `SELECT id, number, compiled_hash FROM campaigns.campaign_version_view
         WHERE campaign_id = $1 AND published_at IS NOT NULL ORDER BY number DESC LIMIT 1`,
        [campaignId],
      ),
    );
    if (version === undefined) throw notFound('campaign', campaignId);
    return version;
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
    }: { campaignId: CampaignId; version: PublishedVersion; compiled: CompiledCampaign; tested: TestedStep },
  ): Promise<NonNullable<Experiments['test']>> {
    const today = dayOf(this.clock.now());
    const { stepKey, of, arms } = tested;
    const found = await this.tables.find(actor, { from: addDays(today, -DAYS), to: today });
    const cells = found.filter((one) => one.campaignId === campaignId);
    const counts = arms.map((arm) => ({
      arm,
      sent: armNumbers(cells, 'partsSent', stepKey, { of, arm, version: version.number }),
      clicked: armNumbers(cells, 'partsClicked', stepKey, { of, arm, version: version.number }),
    }));
    const shares = counts.map(noisyShare);
    const winner = await this.winners.of(actor, version.id);
    return {
      stepKey,
      of,
      nextOn: releasedOn('four-weeks', nextStart('four-weeks', newestDue('four-weeks', today))),
      winner: winner === null ? null : { ...winner, appliedAt: winner.appliedAt.toISOString() },
      arms: counts.map(({ arm, sent, clicked }, at) => {
        const [first, own] = [shares[0], shares[at]];
        const difference = at === 0 || first === undefined || own === undefined ? null : noisyDifference(own, first);
        return {
          ...armView(compiled, tested, arm, compiled.definition.locales[0]),
          sent: releasedSum(sent),
          clicked: releasedSum(clicked),
          difference,
          verdict: verdictOf(difference, null, this.clock.now()),
        };
      }),
    };
  }
}

function leadGroup(groups: readonly Proportion[]): { people: number; leads: number } {
  return {
    people: groups.reduce((sum, { of }) => sum + of, 0),
    leads: groups.reduce((sum, { done }) => sum + done, 0),
  };
}

function noisyShare({
  sent,
  clicked,
}: {
  readonly sent: readonly NoisyNumber[];
  readonly clicked: readonly NoisyNumber[];
}): NoisyProportion {
  const sum = (numbers: readonly NoisyNumber[]): number => numbers.reduce((total, { value }) => total + value, 0);
  const sdOf = (numbers: readonly NoisyNumber[]): number => sdOfSum(numbers.map(({ sd }) => sd));
  return { done: sum(clicked), of: sum(sent), doneSd: sdOf(clicked), ofSd: sdOf(sent) };
}
