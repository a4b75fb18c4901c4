import type { AttributionTable } from '#contracts';
import { newId } from '#kernel';
import { attributionTable } from './attribution-table.js';

describe('the table of what won deals came from', () => {
  it('has the sums of each currency behind all channels, so that a short file keeps them', () => {
    const credits = {
      first: 5,
      last: 5,
      linear: 5,
      'u-shaped': 5,
      'w-shaped': 5,
      'time-decay': 5,
      markov: 5,
      shapley: 5,
    };
    const channel = {
      id: 'one',
      campaignId: newId(),
      title: 'Fair',
      titles: {},
      stepKey: null,
      name: null,
      source: null,
    };
    const of = (currency: string): AttributionTable['currencies'][number] => ({
      currency,
      deals: 1,
      wonMinor: 7,
      uncreditedMinor: 2,
      rows: [{ channel, creditsMinor: credits }],
    });
    const { rows, last } = attributionTable({
      from: '2026-01-01',
      to: '2026-01-31',
      currencies: [of('EUR'), of('GBP')],
    });
    const kinds = (some: typeof rows) => some.map((row) => [row[2], row.at(-1)]);
    const money = (minorUnits: number, currency: string) => ({ amounts: [{ minorUnits, currency }] });
    expect(kinds(rows)).toEqual([
      ['channel', money(5, 'EUR')],
      ['channel', money(5, 'GBP')],
    ]);
    expect(kinds(last)).toEqual([
      ['without-touch', money(2, 'EUR')],
      ['total', money(7, 'EUR')],
      ['without-touch', money(2, 'GBP')],
      ['total', money(7, 'GBP')],
    ]);
  });
});
