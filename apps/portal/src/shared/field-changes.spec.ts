import { changesOf, withChanges } from './field-changes';

const KEPT = { name: 'Brightwater', contact: { name: 'Olivia', phone: '1' }, colours: { primary: '#000000' } };

describe('unsaved changes of a form', () => {
  it('are the fields that differ, and are applied to values saved meanwhile', () => {
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

  it('are empty without input, and drop fields that no longer exist', () => {
    expect(changesOf(KEPT, KEPT)).toEqual({});
    expect(withChanges(KEPT, { gone: 'x', 'contact.gone': 'y' })).toEqual(KEPT);
  });

  it('contain a changed list as a whole', () => {
    const kept = { ...KEPT, locales: [{ locale: 'de', legalLine: 'HRB 1' }] };
    const typed = { ...kept, locales: [...kept.locales, { locale: 'fr', legalLine: 'RCS 1' }] };
    expect(changesOf(kept, { ...kept, locales: [{ locale: 'de', legalLine: 'HRB 1' }] })).toEqual({});
    expect(changesOf(kept, typed)).toEqual({ locales: typed.locales });
    expect(withChanges(kept, changesOf(kept, typed))).toEqual(typed);
    expect(withChanges(kept, { locales: [] })).toEqual({ ...kept, locales: [] });
  });
});
