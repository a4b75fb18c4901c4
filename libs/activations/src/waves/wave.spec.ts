import { type CampaignVersionId, newId, type PartnerGroupId, type PartnerId } from '#kernel';
import { mayOpen, partnersOfShare, requirePlan, type WavePlan } from './wave.js';

const PARTNERS = Array.from({ length: 2_000 }, () => newId<PartnerId>());
const VERSION = newId<CampaignVersionId>();
const PLAN: WavePlan = {
  opensOn: '2027-03-05',
  groupIds: [],
  sharePercent: 10,
  forEveryone: false,
  mostStoppedPartners: null,
};

describe('the partners of a share', () => {
  it('are the same each time, and stay when it is widened', () => {
    const tenth = partnersOfShare(PARTNERS, VERSION, 10);
    expect(partnersOfShare(PARTNERS.toReversed(), VERSION, 10).toReversed()).toEqual(tenth);
    const half = new Set(partnersOfShare(PARTNERS, VERSION, 50));
    expect(tenth.filter((id) => !half.has(id))).toEqual([]);
  });

  it('are about as many as it says, and others for another version', () => {
    const half = partnersOfShare(PARTNERS, VERSION, 50);
    // Five standard deviations of 2,000 coins.
    expect(Math.abs(half.length - 1_000)).toBeLessThan(112);
    expect(partnersOfShare(PARTNERS, newId<CampaignVersionId>(), 50)).not.toEqual(half);
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
