import { HOUR_MS } from '#kernel';
import { anEnrolled, anUpdate, aRunning, NOW } from '../enrolment/enrolled.fixture.js';
import type { Enrolled } from '../enrolment/enrolment-states.service.js';
import { decideDue, type DueDecisions } from './decide-due.js';

const running = aRunning([
  { key: 'one', email: 'welcome' },
  { key: 'pause', wait: { days: 3 } },
  { key: 'old', email: 'early', valid: { to: '2026-11-20' } },
  { key: 'sales', notify: 'notice' },
]);
const CALM = { isDoubtful: () => false, rests: false };

/** The decision on one enrolment, by the name of its group. */
function groupOf(enrolled: Enrolled, now = NOW, circumstances = CALM): keyof DueDecisions | undefined {
  const decisions = decideDue(running, [enrolled], now, circumstances);
  return (Object.keys(decisions) as (keyof DueDecisions)[]).find((group) => decisions[group].length > 0);
}

describe('an enrolment that is due', () => {
  it('is planned as the e-mail of its step after an update, and moved by the inbox if the step is gone', () => {
    const updated = anUpdate(running, [{ key: 'one', email: 'corrected' }]);
    const decisions = decideDue(updated, [anEnrolled('one'), anEnrolled('old')], NOW, CALM);
    expect(decisions.planned).toMatchObject([{ stepKey: 'one', emailKey: 'corrected' }]);
    expect(decisions.forInbox).toMatchObject([{ stepKey: 'old' }]);
  });

  it('is planned as one message of its step, round and contact', () => {
    const enrolled = anEnrolled('one', { round: 2 });
    const { planned } = decideDue(running, [enrolled], NOW, CALM);
    expect(planned).toEqual([
      {
        enrolmentId: enrolled.id,
        stepKey: 'one',
        occurrence: 2,
        emailKey: 'welcome',
        partnerId: enrolled.partnerId,
        vendorId: running.activation.vendorId,
        activationId: running.activation.id,
        contactId: enrolled.contactId,
        dueAt: NOW,
      },
    ]);
  });

  it.each([
    ['a step that waits', 'pause'],
    ['a step that is no e-mail', 'sales'],
    ['an e-mail whose last day is over', 'old'],
    ['a step that the version does not have', 'gone'],
  ])('goes to the inbox at %s', (_, stepKey) => {
    expect(groupOf(anEnrolled(stepKey))).toBe('forInbox');
  });

  it('waits for the window of its own time zone', () => {
    const evening = anEnrolled('one', { timeZone: 'Asia/Tokyo' });
    const { delayed } = decideDue(running, [evening], NOW, CALM);
    // 10:00 UTC is 19:00 in Tokyo; the next window opens there at 09:00.
    expect(delayed).toEqual([{ enrolment: evening, dueAt: new Date('2026-11-26T00:00:00Z') }]);
  });

  it('stays where it is while the relays accept nothing', () => {
    expect(groupOf(anEnrolled('one'), NOW, { ...CALM, rests: true })).toBe('relaysBusy');
    expect(groupOf(anEnrolled('sales'), NOW, { ...CALM, rests: true })).toBe('forInbox');
  });
});

describe('an enrolment whose e-mail may have been sent before a backup was restored', () => {
  const doubtful = { isDoubtful: () => true, rests: false };
  const night = new Date(NOW.getTime() + 12 * HOUR_MS);

  it('is decided as of its own due time, so that the message is the same one', () => {
    expect(groupOf(anEnrolled('one'), night)).toBe('delayed');
    expect(groupOf(anEnrolled('one'), night, doubtful)).toBe('planned');
  });

  it('is planned even while the relays accept nothing', () => {
    expect(groupOf(anEnrolled('one'), NOW, { ...doubtful, rests: true })).toBe('planned');
  });
});
