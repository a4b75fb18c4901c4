import { deletionTime, isTypedName } from './organisation-deletion.js';

describe('the deletion of an organisation', () => {
  it('comes after whole days of the UTC calendar: 14 for a partner, 30 for a vendor', () => {
    const now = new Date('2026-11-02T23:30:00Z');
    expect(deletionTime('partner', now).toISOString()).toBe('2026-11-17T00:00:00.000Z');
    expect(deletionTime('vendor', now).toISOString()).toBe('2026-12-03T00:00:00.000Z');
  });

  it('needs the name of the organisation, in any capitals', () => {
    expect(isTypedName(' brightwater it ', 'Brightwater IT')).toBe(true);
    expect(isTypedName('Brightwater', 'Brightwater IT')).toBe(false);
  });
});
