import { Injectable } from '@nestjs/common';
import { TestWinners } from '#campaigns';
import { CompiledCampaigns } from '#content';
import type { VendorExperiments } from '#contracts';
import { winnerAmong } from '#experiments';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, groupBy, type VendorActor } from '#kernel';
import { readVariant } from '#rendering';
import { testedStepOf } from '#sequencing';
import { type ReleasedCells, ReleasedTables } from '../released-tables.service.js';
import { dayOf } from '../window.js';
import { armView } from './arm-view.js';
import { type NewestVersion, NewestVersions } from './newest-versions.service.js';
import { programmeArms, testDays } from './programme-arms.js';

/** A test whose numbers have found a winner. */
interface DecidableTest {
  readonly campaignId: CampaignId;
  /** Of the version. */
  readonly number: number;
  readonly of: NonNullable<VendorExperiments['test']>['of'];
  /** The place of the winner among the arms, from 0. */
  readonly place: number;
  readonly winner: ReturnType<typeof armView>;
}

/** Tests of which one arm is reliably the best, and whose winner no person has applied. */
@Injectable()
export class DecidableTests {
  constructor(
    private readonly clock: Clock,
    private readonly compiled: CompiledCampaigns,
    private readonly winners: TestWinners,
    private readonly tables: ReleasedTables,
    private readonly versions: NewestVersions,
  ) {}

  /** By the newest published version of each campaign, newest campaign first. */
  async list(actor: VendorActor): Promise<DecidableTest[]> {
    requirePermission(actor, 'vendor-insight.read');
    const released = await this.tables.find(actor, testDays(dayOf(this.clock.now())), ['steps']);
    const tested = groupBy(released.filter(namesAnArm), ({ campaignId }) => campaignId);
    const versions = await this.versions.find(actor, [...tested.keys()]);
    const ended = await this.winners.endedAmong(
      actor,
      versions.map(({ id }) => id),
    );
    const found: DecidableTest[] = [];
    for (const version of versions.filter(({ id }) => !ended.has(id))) {
      const test = await this.decided(version, tested.get(version.campaignId) ?? []);
      if (test !== null) found.push(test);
    }
    return found;
  }

  private async decided(
    { campaignId, number, compiledHash }: NewestVersion,
    cells: readonly ReleasedCells[],
  ): Promise<DecidableTest | null> {
    const compiled = await this.compiled.load(compiledHash);
    const tested = testedStepOf(compiled.definition.sequence);
    if (tested === null) return null;
    const arms = programmeArms(cells, { ...tested, version: number }, this.clock.now());
    const winner = winnerAmong(arms);
    if (winner === null) return null;
    return {
      campaignId,
      number,
      of: tested.of,
      place: arms.indexOf(winner),
      winner: armView(compiled, tested, winner.arm, compiled.definition.locales[0]),
    };
  }
}

/** A part whose recipients were drawn. Campaigns without a test have none, and are not loaded. */
const namesAnArm = ({ numbers }: ReleasedCells): boolean =>
  [...numbers.keys()].some((name) => {
    const [, variant = ''] = JSON.parse(name) as string[];
    return readVariant(variant)?.drawn != null;
  });
