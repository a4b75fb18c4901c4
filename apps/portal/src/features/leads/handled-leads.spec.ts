import { withHandled } from './handled-leads';

describe('the list of leads to follow up', () => {
  const waiting = [
    { id: '3', status: 'new' },
    { id: '1', status: 'new' },
  ];

  it('keeps a lead that was just accepted, at its place and with its new state', () => {
    expect(withHandled(waiting, [{ id: '2', status: 'accepted' }])).toEqual([
      { id: '3', status: 'new' },
      { id: '2', status: 'accepted' },
      { id: '1', status: 'new' },
    ]);
  });

  it('shows the state of the server where it has the lead', () => {
    expect(withHandled(waiting, [{ id: '3', status: 'accepted' }])).toBe(waiting);
  });
});
