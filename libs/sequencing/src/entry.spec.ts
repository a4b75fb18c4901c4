import { entersByConfirmation } from './entry.js';
import { sequenceSchema } from './sequence-definition.js';

const WINDOW = { from: '09:00', to: '17:00', weekdays: ['mon'] };
const sequenceWith = (...entries: object[]) =>
  sequenceSchema.parse({
    window: WINDOW,
    entries: entries.map((entry, at) => ({ key: `entry-${at}`, start: 'one', ...entry })),
    steps: [{ key: 'one', email: 'welcome' }],
  });

describe('a form', () => {
  it.each([
    ['its own entry', [{ form: 'offer', consent: 'confirmed' }], true],
    ['an entry of any form', [{ form: 'any', consent: 'confirmed' }], true],
    ['the entry of another form', [{ form: 'other', consent: 'confirmed' }], false],
    ['a document', [{ document: 'any', consent: 'confirmed' }], true],
    ['the lead that it makes', [{ lead: ['new'], consent: 'confirmed' }], true],
    ['an event of another system', [{ event: 'trial', consent: 'confirmed' }], false],
    ['an entry with any consent', [{ form: 'offer' }, { event: 'trial', consent: 'confirmed' }], false],
  ])('is confirmed to enter by %s', (_, entries, isConfirmed) => {
    expect(entersByConfirmation(sequenceWith(...entries), 'offer')).toBe(isConfirmed);
  });

  it('is not confirmed to enter a sequence without entries', () => {
    const { entries: _, ...plain } = sequenceWith({ form: 'any', consent: 'confirmed' });
    expect(entersByConfirmation(plain, 'offer')).toBe(false);
  });
});
