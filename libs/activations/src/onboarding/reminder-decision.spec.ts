import { MOST_REMINDERS, type ReminderFacts, reminderDecision } from './reminder-decision.js';

const IDLE: ReminderFacts = {
  isPartner: true,
  hasLaunched: false,
  hasHidden: false,
  canGoOn: true,
  sent: 0,
  unanswered: 0,
};

describe('a partner that has launched nothing', () => {
  it('is reminded', () => {
    expect(reminderDecision(IDLE)).toEqual({ kind: 'send' });
    expect(reminderDecision({ ...IDLE, sent: 1, unanswered: 1 })).toEqual({ kind: 'send' });
    expect(reminderDecision({ ...IDLE, sent: 3, unanswered: 0 })).toEqual({ kind: 'send' });
  });

  it('waits while it cannot do anything, such as launch where no campaign is offered', () => {
    expect(reminderDecision({ ...IDLE, canGoOn: false })).toEqual({ kind: 'wait' });
  });

  it.each([
    ['ended', { isPartner: false }],
    ['launched', { hasLaunched: true }],
    ['hidden', { hasHidden: true }],
    ['ignored', { sent: 2, unanswered: 2 }],
    ['enough', { sent: MOST_REMINDERS, unanswered: 1 }],
  ] as const)('gets no more: %s', (reason, facts) => {
    expect(reminderDecision({ ...IDLE, ...facts })).toEqual({ kind: 'stop', reason });
  });
});
