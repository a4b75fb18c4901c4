import { Injectable } from '@nestjs/common';
import type { WonFigure } from '#contracts';
import type { VendorActor } from '#kernel';
import { DealSums } from './deal-sums/deal-sums.service.js';
import { SumsInReturns } from './deal-sums/sums-in-returns.service.js';
import { amountsOf } from './partner-results.js';
import { ShownResultsReader } from './programme/shown-results.service.js';
import { wonCourse } from './won-course.js';

/** What a vendor's partners won, as far as it may know: the total of its returns. */
@Injectable()
export class WonAmounts {
  constructor(
    private readonly shown: ShownResultsReader,
    private readonly together: SumsInReturns,
    private readonly sums: DealSums,
  ) {}

  /**
   * Partners that show their totals see once a day that this person looked.
   * @param days of the course, oldest first; the last one is today.
   * @param comparedDays place in the course of the day that the figure is compared with, from its end.
   */
  async figure(actor: VendorActor, days: readonly string[], comparedDays: number): Promise<WonFigure> {
    const { showing, won } = await this.shown.byCampaign(actor);
    const { wonTogether, together } = await this.together.read(actor);
    const amounts = amountsOf([...won, ...wonTogether]);
    const { haveAgreed, won: later } = await this.shown.wonAfter(actor, days[0] ?? '');
    const { sums } = await this.sums.forVendor(actor);
    const points =
      haveAgreed && together.leftOut.length === 0
        ? wonCourse(amounts, [...later, ...sums.map((sum) => ({ ...sum, on: sum.endsOn }))], days)
        : [];
    return {
      amounts,
      showing,
      until: together.until,
      before: points.at(-1 - comparedDays)?.minorUnits ?? null,
      points,
    };
  }
}
