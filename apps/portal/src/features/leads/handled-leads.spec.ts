import { withHandled } from './handled-leads';

describe('the list of leads to follow up', () => {
  const waiting = [
    { id: '3', requestedAt: '2026-11-03T08:00:00.000Z', status: 'new' },
    { id: '1', requestedAt: '2026-11-01T08:00:00.000Z', status: 'new' },
  ];

  it('keeps a lead that was just accepted, at its place and with its new state', () => {
    expect(withHandled(waiting, [{ id: '2', requestedAt: '2026-11-02T08:00:00.000Z', status: 'accepted' }])).toEqual([
      { id: '3', requestedAt: '2026-11-03T08:00:00.000Z', status: 'new' },
      { id: '2', requestedAt: '2026-11-02T08:00:00.000Z', status: 'accepted' },
      { id: '1', requestedAt: '2026-11-01T08:00:00.000Z', status: 'new' },
    ]);
  });

  it('shows the state of the server where it has the lead', () => {
    expect(withHandled(waiting, [{ id: '3', requestedAt: '2026-11-03T08:00:00.000Z', status: 'accepted' }])).toBe(
      waiting,
    );
  });
});
