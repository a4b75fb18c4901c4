import { mayLaunch, mayRunCampaigns } from './membership.js';
import { type EndWish, lastDayBefore, plannedEnd } from './membership-end.js';

const NOW = new Date('2027-03-05T09:00:00Z');
const WISH: EndWish = { reason: 'Over.', lastDay: null, campaigns: 'stop-with-partnership', campaignsLastDay: null };
const planned = (wish: Partial<EndWish>) => {
  const { endsAt, campaignsEndAt } = plannedEnd({ ...WISH, ...wish }, NOW);
  return [endsAt.toISOString(), campaignsEndAt.toISOString()];
};
const MARCH_ENDS = '2027-04-01T00:00:00.000Z';

describe('the planned end of a membership', () => {
  it.each<[string, Partial<EndWish>, string[]]>([
    ['at once, with its campaigns', {}, [NOW.toISOString(), NOW.toISOString()]],
    ['after its last day, with its campaigns', { lastDay: '2027-03-31' }, [MARCH_ENDS, MARCH_ENDS]],
    [
      'after its last day, its campaigns at once',
      { lastDay: '2027-03-31', campaigns: 'stop-now' },
      [MARCH_ENDS, NOW.toISOString()],
    ],
    [
      'at once, its campaigns after a day of their own',
      { campaigns: 'run-until', campaignsLastDay: '2027-03-31' },
      [NOW.toISOString(), MARCH_ENDS],
    ],
    ['today, which is not over', { lastDay: '2027-03-05' }, ['2027-03-06T00:00:00.000Z', '2027-03-06T00:00:00.000Z']],
  ])('comes %s', (_, wish, expected) => {
    expect(planned(wish)).toEqual(expected);
  });

  it.each<[string, Partial<EndWish>, string, string]>([
    ['a last day that is over', { lastDay: '2027-03-04' }, 'membership.end-past', 'lastDay'],
    [
      'a last day of campaigns that is over',
      { campaigns: 'run-until', campaignsLastDay: '2027-03-04' },
      'membership.end-past',
      'campaignsLastDay',
    ],
    ['campaigns that run until no day', { campaigns: 'run-until' }, 'membership.campaigns-end', 'campaignsLastDay'],
    ['a day that nothing runs to', { campaignsLastDay: '2027-03-31' }, 'membership.campaigns-end', 'campaignsLastDay'],
  ])('is refused for %s', (_, wish, code, field) => {
    expect(() => planned(wish)).toThrow(expect.objectContaining({ code, details: expect.objectContaining({ field }) }));
  });

  it('says of each day that is over what else can be chosen', () => {
    expect(() => planned({ lastDay: '2027-03-04' })).toThrow('leave it out to end at once');
    expect(() => planned({ campaigns: 'run-until', campaignsLastDay: '2027-03-04' })).toThrow('with the partnership');
  });

  it('names the last day by UTC, also of an end in the middle of a day', () => {
    expect([lastDayBefore(new Date(MARCH_ENDS)), lastDayBefore(NOW)]).toEqual(['2027-03-31', '2027-03-05']);
  });
});

describe('a membership', () => {
  const later = new Date(NOW.getTime() + 1);
  it.each<[string, Parameters<typeof mayLaunch>[0], boolean, boolean]>([
    ['that runs', { status: 'active', endsAt: null, campaignsEndAt: null }, true, true],
    ['whose end is announced', { status: 'active', endsAt: later, campaignsEndAt: later }, true, true],
    ['whose end has come, before the job', { status: 'active', endsAt: NOW, campaignsEndAt: NOW }, false, false],
    ['that ends, its campaigns at once', { status: 'active', endsAt: later, campaignsEndAt: NOW }, false, false],
    ['that has ended, its campaigns later', { status: 'ended', endsAt: NOW, campaignsEndAt: later }, false, true],
    ['that ended without days', { status: 'ended', endsAt: null, campaignsEndAt: null }, false, false],
  ])('%s: may launch, and may run what was launched', (_, member, launches, runs) => {
    expect([mayLaunch(member, NOW), mayRunCampaigns(member, NOW)]).toEqual([launches, runs]);
  });
});
