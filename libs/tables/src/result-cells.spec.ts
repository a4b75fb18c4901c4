import { stepCell, variantCell } from './result-cells.js';

describe('a step in a table', () => {
  const names = [
    { stepKey: 'welcome', kind: 'email', number: 1, subject: 'Hello' },
    { stepKey: 'tell', kind: 'notify', number: null, subject: null },
  ] as const;

  it('has its key for programs, and its name for readers', () => {
    const cell = stepCell('welcome', names);
    expect([cell.forPrograms, cell.forReaders('en'), cell.forReaders('de')]).toEqual([
      'welcome',
      'E-mail 1',
      'E-Mail 1',
    ]);
    expect(stepCell('tell', names).forReaders('de')).toBe('Nachricht an Ihr Team');
  });

  it('keeps its key if only an earlier version had it', () => {
    expect(stepCell('old', names).forReaders('de')).toBe('old');
  });
});

describe('a variant in a table', () => {
  const none = { email: null, time: null, conditions: [] };

  it('is as it is stored for programs, and in words for readers', () => {
    const variant = 'en; industry=finance|insurance & country=DE';
    const cell = variantCell({
      ...none,
      variant,
      locale: 'en',
      conditions: ['industry=finance|insurance & country=DE'],
    });
    expect(cell.forPrograms).toBe(variant);
    expect(cell.forReaders('en')).toBe('English · Industry: finance or insurance, Country: Germany');
    expect(cell.forReaders('de')).toBe('Englisch · Branche: finance oder insurance, Land: Deutschland');
  });

  it('names the arm of a test, and what was not recorded', () => {
    const time = { from: '09:00', to: '11:00', weekdays: ['tue' as const] };
    expect(variantCell({ ...none, variant: 'x', locale: 'de', time }).forReaders('de')).toBe(
      'Gesendet 09:00–11:00 (Di) · Deutsch',
    );
    expect(variantCell({ ...none, variant: '', locale: null }).forReaders('de')).toBe('Nicht erfasst');
    expect(variantCell({ ...none, variant: 'de; #1a', locale: 'de', conditions: ['#1a'] }).forReaders('en')).toBe(
      'German · more conditions than can be named',
    );
  });
});
