import { Injectable } from '@nestjs/common';
import type { ReleasedFourWeeks, ReleasedSums, VendorCampaignInsight, VendorInsight } from '#contracts';
import { requirePermission } from '#identity';
import { type CampaignId, Clock, groupBy, notFound, type VendorActor } from '#kernel';
import type { RESPONSES, ResultTableName } from './contribution.js';
import { type CampaignFunnel, Funnels } from './funnels.service.js';
import { COUNTED_SPANS, daysOfSpans, newestDue, nextStart, releasedOn } from './release-calendar.js';
import { type NoisyNumber, releasedNumber, releasedSum } from './released-results.js';
import { type ReleasedCells, ReleasedTables } from './released-tables.service.js';
import { MEMBER_DAYS, PARTNERS_NEEDED } from './result-releases.service.js';
import { SMALLEST_GROUP } from './thresholded-counts.js';
import { variantView } from './variant-view.js';
import { addDays, type AskedWindow, askedWindow, dayOf, type DayWindow, mondayOf } from './window.js';

/** Results come late and in weeks: four weeks would often be empty. */
const USUAL_DAYS = 84;

/**
 * Results of a vendor's campaigns. Reads only what was released; no number is
 * computed from contacts when it is asked for.
 */
@Injectable()
export class VendorInsights {
  constructor(
    private readonly clock: Clock,
    private readonly funnels: Funnels,
    private readonly tables: ReleasedTables,
  ) {}

  /** @throws DomainError `insight.window`. */
  async all(actor: VendorActor, asked: AskedWindow): Promise<VendorInsight> {
    const days = await this.window(actor, asked);
    const today = dayOf(this.clock.now());
    const from = mondayOf(days.from);
    const to = addDays(mondayOf(days.to), 6);
    const funnels = await this.funnels.forVendor(actor.vendorId);
    const cells = await this.tables.find(actor, { from, to });
    const ofCampaign = groupBy(cells, ({ campaignId }) => campaignId);
    return {
      from,
      // The week of today is not over.
      to: from <= today && today < to ? today : to,
      asked: days,
      shownWeeks: daysOfSpans('week', startsOf(cells, ['sent', 'bounced'])),
      shownFourWeeks: daysOfSpans('four-weeks', startsOf(cells, ['responses'])),
      smallestGroup: SMALLEST_GROUP,
      partnersNeeded: PARTNERS_NEEDED,
      memberDays: MEMBER_DAYS,
      countedWeeks: COUNTED_SPANS.week,
      countedFourWeeks: COUNTED_SPANS['four-weeks'],
      nextWeekOn: releasedOn('week', nextStart('week', newestDue('week', today))),
      nextFourWeeksOn: releasedOn('four-weeks', nextStart('four-weeks', newestDue('four-weeks', today))),
      numbers: sumsOf(cells),
      campaigns: funnels.map((funnel) => campaignView(funnel, ofCampaign.get(funnel.campaignId) ?? [])),
    };
  }

  /** The days that are asked for. @throws DomainError `insight.window`. */
  async window(actor: VendorActor, asked: AskedWindow): Promise<DayWindow> {
    requirePermission(actor, 'vendor-insight.read');
    return askedWindow(asked, {
      today: dayOf(this.clock.now()),
      usualDays: USUAL_DAYS,
      startedOn: () => this.funnels.firstPublishedOn(actor.vendorId),
    });
  }

  /**
   * @throws DomainError `insight.window`; `campaign.not-found` for another
   *   vendor's campaign, and for one that was never published.
   */
  async ofCampaign(actor: VendorActor, campaignId: CampaignId, asked: AskedWindow): Promise<VendorCampaignInsight> {
    const { campaigns } = await this.all(actor, asked);
    const found = campaigns.find((campaign) => campaign.campaignId === campaignId);
    if (found === undefined) throw notFound('campaign', campaignId);
    return found;
  }
}

const startsOf = (cells: readonly ReleasedCells[], tables: readonly ResultTableName[]): string[] =>
  cells.flatMap(({ table, startsOn }) => (tables.includes(table) ? [startsOn] : []));

function campaignView(
  { campaignId, title, titles, names, funnel }: CampaignFunnel,
  own: readonly ReleasedCells[],
): VendorCampaignInsight {
  return {
    campaignId,
    title,
    titles: { ...titles },
    names: [...names],
    funnel,
    numbers: sumsOf(own),
    weeks: spansWith(own, ['sent', 'bounced']).map(([startsOn, ofWeek]) => ({
      startsOn,
      sent: numberOf(ofWeek, 'sent', 'sent'),
      bounced: numberOf(ofWeek, 'bounced', 'bounced'),
    })),
    fourWeeks: spansWith(own, ['responses']).map(([startsOn, ofSpan]) => fourWeeksView(startsOn, ofSpan)),
    parts: partsView(own),
  };
}

function fourWeeksView(startsOn: string, ofSpan: readonly ReleasedCells[]): ReleasedFourWeeks {
  const response = (cell: (typeof RESPONSES)[number]) => numberOf(ofSpan, 'responses', cell);
  return {
    startsOn,
    clicked: response('clicked'),
    replied: response('replied'),
    unsubscribed: response('unsubscribed'),
    complained: response('complained'),
    leads: response('leads'),
    won: response('won'),
  };
}

function sumsOf(cells: readonly ReleasedCells[]): ReleasedSums {
  const response = (cell: (typeof RESPONSES)[number]) => releasedSum(numbersIn(cells, 'responses', cell));
  return {
    sent: releasedSum(numbersIn(cells, 'sent', 'sent')),
    bounced: releasedSum(numbersIn(cells, 'bounced', 'bounced')),
    clicked: response('clicked'),
    replied: response('replied'),
    unsubscribed: response('unsubscribed'),
    complained: response('complained'),
    leads: response('leads'),
    won: response('won'),
  };
}

/**
 * The spans that have all these tables, oldest first. Of a span that is released
 * while this reads, one may be missing: the next reader sees it whole.
 */
const spansWith = (own: readonly ReleasedCells[], tables: readonly ResultTableName[]): [string, ReleasedCells[]][] =>
  [
    ...groupBy(
      own.filter(({ table }) => tables.includes(table)),
      ({ startsOn }) => startsOn,
    ),
  ].filter(([, ofSpan]) => ofSpan.length === tables.length);

function partsView(own: readonly ReleasedCells[]): VendorCampaignInsight['parts'] {
  const spans = spansWith(own, ['partsSent', 'partsClicked']);
  const ofParts = spans.flatMap(([, ofSpan]) => ofSpan);
  const cells = new Set(ofParts.flatMap(({ numbers }) => [...numbers.keys()]));
  return [...cells].map((cell) => {
    const [stepKey = '', variant = ''] = JSON.parse(cell) as string[];
    return {
      stepKey,
      ...variantView(variant),
      sent: numberOf(ofParts, 'partsSent', cell),
      clicked: numberOf(ofParts, 'partsClicked', cell),
      fourWeeks: spans
        .filter(([, ofSpan]) => ofSpan.some(({ numbers }) => numbers.has(cell)))
        .map(([startsOn, ofSpan]) => ({
          startsOn,
          sent: numberOf(ofSpan, 'partsSent', cell),
          clicked: numberOf(ofSpan, 'partsClicked', cell),
        })),
    };
  });
}

const numbersIn = (cells: readonly ReleasedCells[], table: ResultTableName, cell: string): NoisyNumber[] =>
  cells.flatMap((one) => {
    const value = one.table === table ? one.numbers.get(cell) : undefined;
    return value === undefined ? [] : [{ value, sd: one.sd }];
  });

/** A number of a span, or of several. */
const numberOf = (cells: readonly ReleasedCells[], table: ResultTableName, cell: string) =>
  releasedNumber(numbersIn(cells, table, cell));
