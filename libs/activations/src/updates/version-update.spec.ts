import { type CampaignVersionId, DAY_MS, newId, type PartnerId } from '#kernel';
import { nextShareAt, requireDecision, sharesOf, type UpdateDecision, type VersionUpdate } from './version-update.js';

const DECISION: UpdateDecision = {
  choice: 'take-over',
  shares: [1, 5, 20, 100],
  daysBetween: 2,
  mostStoppedPartners: 0,
  mostUnsubscribedPerMille: null,
  reason: null,
};
const BEGUN = new Date('2026-11-24T12:00:00Z');
const update = (over: Partial<VersionUpdate>): VersionUpdate => ({
  ...DECISION,
  id: newId(),
  vendorId: newId(),
  campaignId: newId(),
  versionId: newId(),
  versionNumber: 2,
  begun: 1,
  begunAt: BEGUN,
  heldAt: null,
  stoppedPartners: null,
  heldFor: null,
  decidedBy: 'Maya',
  decidedAt: BEGUN,
  rolledBackAt: null,
  rolledBackBy: null,
  ...over,
});

describe('an update of running campaigns', () => {
  it('begins with one partner at least, and each share has those of the one before', () => {
    const partners = Array.from({ length: 40 }, () => newId<PartnerId>());
    const versionId = newId<CampaignVersionId>();
    const shares = [...sharesOf(partners, versionId, DECISION.shares).values()];
    expect([1, 2, 3, 4].map((share) => shares.filter((one) => one === share).length)).toEqual([1, 1, 6, 32]);
    expect([...sharesOf(partners, versionId, [100]).values()].every((share) => share === 1)).toBe(true);
  });

  it('begins its first share at once, and each next one so many days later', () => {
    expect(nextShareAt(update({ begun: 0, begunAt: null }))?.getTime()).toBeLessThanOrEqual(BEGUN.getTime());
    expect(nextShareAt(update({}))).toEqual(new Date(BEGUN.getTime() + 2 * DAY_MS));
    expect(nextShareAt(update({ begun: 4 }))).toBeNull();
  });

  it('begins no further share while its stop rule holds it', () => {
    expect(nextShareAt(update({ heldAt: BEGUN, stoppedPartners: 1 }))).toBeNull();
  });

  it.each([[[5, 1, 100]], [[1, 5]], [[1, 1, 100]]])('is refused with the shares %j', (shares) => {
    expect(() => requireDecision({ ...DECISION, shares })).toThrow('must rise');
  });

  it('tells partners why, where it stops their campaigns', () => {
    expect(() => requireDecision({ ...DECISION, choice: 'stop', reason: ' ' })).toThrow('your partners read it');
    expect(() => requireDecision({ ...DECISION, choice: 'stop', reason: 'A recall' })).not.toThrow();
  });
});
