import { Injectable } from '@nestjs/common';
import type { PartnerStanding, PartnerStandingFilter, ProgrammeActivity } from '#contracts';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { Clock, groupBy, notFound, type PartnerId, type VendorActor } from '#kernel';
import { BrandCompletions } from '../brand-completions.service.js';
import { dayOf } from '../window.js';
import { engagementScore, SCORE_WEEKS } from './engagement-score.js';
import { isRunningIn, participation, quartersUpTo, type RunningDays, weeksUpTo } from './participation.js';
import { partnerFunnel, type ReachedStep, reachedStep } from './partner-funnel.js';
import { ShownResultsReader } from './shown-results.service.js';

const SHOWN_WEEKS = 26;
const SHOWN_QUARTERS = 6;

/** A row of libs/database/functions/insight.partner_facts.sql. */
interface PartnerFacts {
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly tier: string;
  readonly status: 'invited' | 'active' | 'ended';
  readonly invitedOn: string;
  readonly joinedOn: string | null;
  readonly leftOn: string | null;
  readonly launchedOn: string | null;
  readonly launches: number;
  readonly leadsShared: number;
  readonly hasSharedLead: boolean;
  readonly showsTotals: boolean;
}

interface Known extends PartnerFacts, ReachedStep {
  readonly hasBrand: boolean;
}

/**
 * What a vendor's partners do: participation, how far each has come, and how
 * engaged it is. Only from what the vendor sees of each partner by name: nothing
 * depends on contacts, except leads that the partner shares, and totals that it
 * shows. A channel manager gets their own partners.
 */
@Injectable()
export class ProgrammeActivities {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly brands: BrandCompletions,
    private readonly shown: ShownResultsReader,
  ) {}

  async overview(actor: VendorActor): Promise<ProgrammeActivity> {
    requirePermission(actor, 'vendor-activations.read');
    const today = dayOf(this.clock.now());
    const [weeks, quarters] = [weeksUpTo(today, SHOWN_WEEKS), quartersUpTo(today, SHOWN_QUARTERS)];
    const facts = await this.facts(actor, today);
    const runs = await this.runs(actor, quarters[0]?.from ?? today);
    const known = await this.known(actor, facts);
    return {
      asOf: today,
      weeks: upTo(today, participation(facts, runs, weeks, today)),
      quarters: upTo(today, participation(facts, runs, quarters, today)),
      funnel: partnerFunnel(known.map(({ step }) => step)),
      showing: known.filter(({ showsTotals, launchedOn }) => showsTotals && launchedOn !== null).length,
    };
  }

  /**
   * Partners in the programme or invited to it, the least engaged first.
   * @param filter absent: all. Partners whose name has not the text do not see that the vendor looked.
   */
  async standings(actor: VendorActor, { step, q }: PartnerStandingFilter = {}): Promise<PartnerStanding[]> {
    requirePermission(actor, 'vendor-activations.read');
    const words = q?.toLowerCase() ?? '';
    const found = await this.standingsOf(actor, ({ name }) => name.toLowerCase().includes(words));
    return step === undefined ? found : found.filter((one) => one.step === step);
  }

  /** @param isAsked the others do not see that the vendor looked. */
  private async standingsOf(
    actor: VendorActor,
    isAsked: (partner: PartnerFacts) => boolean,
  ): Promise<PartnerStanding[]> {
    const today = dayOf(this.clock.now());
    const weeks = weeksUpTo(today, SCORE_WEEKS);
    const runs = groupBy(await this.runs(actor, weeks[0]?.from ?? today), ({ partnerId }) => partnerId);
    const facts = await this.facts(actor, today);
    const known = await this.known(actor, facts.filter(isAsked));
    return known
      .map((partner) => ({
        partnerId: partner.partnerId,
        name: partner.name,
        tier: partner.tier,
        step: partner.step,
        since: partner.since,
        ...this.scoreOf(partner, weeks.filter((week) => isRunningIn(runs.get(partner.partnerId) ?? [], week)).length),
      }))
      .sort((one, other) => (one.score ?? -1) - (other.score ?? -1) || one.name.localeCompare(other.name, 'en'));
  }

  /**
   * One partner in the programme or invited to it.
   * @throws DomainError `partner.not-found`.
   */
  async standingOf(actor: VendorActor, partnerId: PartnerId): Promise<PartnerStanding> {
    requirePermission(actor, 'vendor-activations.read');
    const [found] = await this.standingsOf(actor, (partner) => partner.partnerId === partnerId);
    if (found === undefined) throw notFound('partner', partnerId);
    return found;
  }

  private scoreOf(partner: Known, weeksRunning: number): Pick<PartnerStanding, 'score' | 'parts'> {
    if (partner.joinedOn === null) return { score: null, parts: [] };
    return engagementScore({ ...partner, weeksRunning });
  }

  private facts(actor: VendorActor, today: string): Promise<PartnerFacts[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<PartnerFacts>('SELECT * FROM insight.partner_facts($1, $2)', [
        actor.vendorId,
        weeksUpTo(today, SCORE_WEEKS)[0]?.from,
      ]),
    );
  }

  private runs(actor: VendorActor, from: string): Promise<RunningDays[]> {
    return this.database.inTransaction(actor, () =>
      this.database.query<RunningDays>('SELECT * FROM insight.running_days($1, $2)', [actor.vendorId, from]),
    );
  }

  /** Partners that have not left, with how far each has come. */
  private async known(actor: VendorActor, facts: readonly PartnerFacts[]): Promise<Known[]> {
    const there = facts.filter(({ status }) => status !== 'ended');
    const ids = there.map(({ partnerId }) => partnerId);
    const brands = await this.brands.completedOn(ids);
    const shown = await this.shown.read(actor, ids);
    return there.map((partner) => {
      const brandOn = brands.get(partner.partnerId) ?? null;
      const results = shown.get(partner.partnerId);
      const hasLead = partner.hasSharedLead || results?.hasLead === true;
      const step = reachedStep({ ...partner, brandOn, hasLead, hasWon: results?.hasWon === true });
      return { ...partner, ...step, hasBrand: brandOn !== null };
    });
  }
}

/** Periods of which the last one is not over end today. */
const upTo = <Period extends { readonly to: string }>(today: string, periods: readonly Period[]): Period[] =>
  periods.map((period) => (period.to > today ? { ...period, to: today } : period));
