import { changesOf, withChanges } from './field-changes';

const KEPT = { name: 'Brightwater', contact: { name: 'Olivia', phone: '1' }, colours: { primary: '#000000' } };

describe('changes of a form that are not saved', () => {
  it('are the fields that differ, and come back over what somebody changed meanwhile', () => {
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

  it('have a list as a whole, in which entries come and go', () => {
    const kept = { ...KEPT, locales: [{ locale: 'de', legalLine: 'HRB 1' }] };
    const typed = { ...kept, locales: [...kept.locales, { locale: 'fr', legalLine: 'RCS 1' }] };
    expect(changesOf(kept, { ...kept, locales: [{ locale: 'de', legalLine: 'HRB 1' }] })).toEqual({});
    expect(changesOf(kept, typed)).toEqual({ locales: typed.locales });
    expect(withChanges(kept, changesOf(kept, typed))).toEqual(typed);
    expect(withChanges(kept, { locales: [] })).toEqual({ ...kept, locales: [] });
  });
});
