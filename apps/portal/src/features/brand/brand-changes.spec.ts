import { changesOf, withChanges } from './brand-changes';

const KEPT = { name: 'Brightwater', contact: { name: 'Olivia', phone: '1' }, colours: { primary: '#000000' } };

describe('changes of a brand profile that are not saved', () => {
  it('are the fields that differ, and come back over a profile that somebody changed meanwhile', () => {
    const typed = { ...KEPT, name: 'Brightwater IT', contact: { name: 'Olivia', phone: '2' } };
    const changes = changesOf(KEPT, typed);
    expect(changes).toEqual({ name: 'Brightwater IT', 'contact.phone': '2' });
    expect(withChanges(KEPT, changes)).toEqual(typed);
    const newer = { ...KEPT, contact: { name: 'Oliver', phone: '1' }, colours: { primary: '#ffffff' } };
    expect(withChanges(newer, changes)).toEqual({
      ...newer,
      name: 'Brightwater IT',
      contact: { name: 'Oliver', phone: '2' },
    });
  });

  it('are none where nothing was typed, and none of fields that there are no more', () => {
    expect(changesOf(KEPT, KEPT)).toEqual({});
    expect(withChanges(KEPT, { gone: 'x', 'contact.gone': 'y' })).toEqual(KEPT);
  });
});
