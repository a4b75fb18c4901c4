import { type CampaignVersionId, newId, type PartnerGroupId, type PartnerId } from '#kernel';
import {
  firstDays,
  mayOpen,
  opensAt,
  partnersOfShare,
  requireChange,
  requirePlan,
  type WaveId,
  type WavePlan,
} from './wave.js';

const PARTNERS = Array.from({ length: 2_000 }, () => newId<PartnerId>());
const VERSION = newId<CampaignVersionId>();
const PLAN: WavePlan = {
  opensOn: '2027-03-05',
  groupIds: [],
  sharePercent: 10,
  forEveryone: false,
  mostStoppedPartners: null,
  rateLimits: { bounced: null, complained: null, unsubscribed: null },
};

describe('the partners of a share', () => {
  it('are the same each time, and stay when it is widened', () => {
    const tenth = partnersOfShare(PARTNERS, VERSION, 10);
    expect(partnersOfShare(PARTNERS.toReversed(), VERSION, 10)).toEqual(tenth);
    const half = new Set(partnersOfShare(PARTNERS, VERSION, 50));
    expect(tenth.filter((id) => !half.has(id))).toEqual([]);
  });

  it('are as many as it says, at least one, and others for another version', () => {
    const half = partnersOfShare(PARTNERS, VERSION, 50);
    expect(half).toHaveLength(1_000);
    const other = new Set(partnersOfShare(PARTNERS, newId<CampaignVersionId>(), 50));
    expect(half.every((id) => other.has(id))).toBe(false);
    const few = [1, 34, 99].map((percent) => partnersOfShare(PARTNERS.slice(0, 3), VERSION, percent).length);
    expect(few).toEqual([1, 2, 3]);
    expect(partnersOfShare([], VERSION, 99)).toEqual([]);
  });
});

describe('a wave', () => {
  it.each<[string, Partial<WavePlan>, string]>([
    ['no partners', { sharePercent: null }, 'wave.audience'],
    ['a share and groups', { groupIds: [newId<PartnerGroupId>()] }, 'wave.audience'],
    ['a share and all partners', { forEveryone: true }, 'wave.audience'],
    ['a day that is over', { opensOn: '2027-03-04' }, 'wave.day-past'],
  ])('is not planned with %s', (_, change, code) => {
    expect(() => requirePlan({ ...PLAN, ...change }, '2027-03-05')).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['on its day if none has opened', null, '2027-03-05T00:00'],
    ['on its day if the last one opened on its own', ['2027-03-01', '2027-03-01T00:00'], '2027-03-05T00:00'],
    ['as late as the last one did', ['2027-03-01', '2027-03-09T15:00'], '2027-03-13T15:00'],
    ['a day after one of the same day', ['2027-03-05', '2027-03-05T23:59'], '2027-03-06T23:59'],
    ['a day after a later one that was opened by hand', ['2027-03-20', '2027-03-05T09:00'], '2027-03-06T09:00'],
    ['not sooner because the last one opened by hand', ['2027-03-04', '2027-03-01T09:00'], '2027-03-05T00:00'],
  ] as const)('opens %s', (_, last, expected) => {
    const lastOpened = last && { opensOn: last[0], openedAt: new Date(`${last[1]}Z`) };
    expect(opensAt(PLAN, lastOpened)).toEqual(new Date(`${expected}Z`));
  });

  it('moves with those before it, each by the planned distance', () => {
    const plan = (opensOn: string, openedAt: Date | null = null) => ({ id: newId<WaveId>(), opensOn, openedAt });
    const waves = [plan('2027-03-01', new Date('2027-03-04T10:00Z')), plan('2027-03-03'), plan('2027-03-10')];
    const days = firstDays(waves, new Date('2027-03-05T10:00Z'));
    expect(waves.map(({ id }) => days.get(id))).toEqual([undefined, '2027-03-06', '2027-03-13']);
    expect([...firstDays(waves.slice(1), new Date('2027-03-20T10:00Z')).values()]).toEqual([
      '2027-03-20',
      '2027-03-27',
    ]);
  });

  it('opens today or later', () => {
    expect(() => requirePlan(PLAN, '2027-03-05')).not.toThrow();
  });

  it.each([
    [null, 9, true],
    [0, 0, true],
    [0, 1, false],
    [2, 2, true],
    [2, 3, false],
  ])('with the condition %s opens with %i stopped partners: %s', (mostStoppedPartners, stopped, opens) => {
    expect(mayOpen({ mostStoppedPartners }, stopped)).toBe(opens);
  });
});

describe('a change of a wave', () => {
  const today = '2027-03-05';
  const opened = { sharePercent: 10, openedAt: new Date(`${today}T00:00Z`) };
  const waiting = { sharePercent: 10, openedAt: null };

  it.each([
    ['another day or a smaller share of one that waits', waiting, { opensOn: today, sharePercent: 5 }],
    ['a larger share of one that has opened', opened, { sharePercent: 11 }],
  ])('may be %s', (_, wave, change) => {
    expect(() => requireChange(wave, change, today)).not.toThrow();
  });

  it.each([
    ['nothing', waiting, {}, 'wave.nothing-changed'],
    ['a day that is over', waiting, { opensOn: '2027-03-04' }, 'wave.day-past'],
    ['the share of groups', { ...waiting, sharePercent: null }, { sharePercent: 5 }, 'wave.not-a-share'],
    ['the day of one that has opened', opened, { opensOn: today }, 'wave.opened'],
    ['the same share of one that has opened', opened, { sharePercent: 10 }, 'wave.only-wider'],
  ])('is never %s', (_, wave, change, code) => {
    expect(() => requireChange(wave, change, today)).toThrow(expect.objectContaining({ code }));
  });
});
