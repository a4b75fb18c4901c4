import { checkField, withoutUnsafeCharacters } from './contact-fields.js';

describe('a field of a contact', () => {
  it.each([
    ['firstName', ' Zoë ', 'Zoë'],
    ['firstName', 'محمد', 'محمد'],
    ['firstName', '👩‍🚀 Ada', '👩‍🚀 Ada'],
    ['company', '=SUM(A1:A9)', '=SUM(A1:A9)'],
    ['country', 'de', 'DE'],
    ['country', 'UK', 'GB'],
    ['country', 'Deutschland', 'DE'],
    ['country', 'États-Unis', 'US'],
    ['timeZone', 'europe/berlin', 'Europe/Berlin'],
    ['language', 'pt_br', 'pt-BR'],
    ['language', 'German', 'de'],
    ['stage', '  ', null],
  ] as const)('%s takes %j', (field, input, value) => {
    expect(checkField(field, input)).toEqual({ value });
  });

  it.each([
    ['firstName', 'Ada\r\nBcc: eve@example.com', 'characters-unsafe'],
    ['firstName', 'Ada\u0000', 'characters-unsafe'],
    ['lastName', 'gpj.\u202eexe', 'characters-unsafe'],
    ['lastName', 'half \ud83d', 'characters-unsafe'],
    ['company', 'x'.repeat(201), 'too-long'],
    ['country', 'XX', 'country-unknown'],
    ['country', 'EU', 'country-unknown'],
    ['country', 'Narnia', 'country-unknown'],
    ['timeZone', '+02:00', 'time-zone-unknown'],
    ['timeZone', 'Mars/Olympus', 'time-zone-unknown'],
    ['language', 'qq', 'language-unknown'],
  ] as const)('%s refuses %j', (field, input, problem) => {
    expect(checkField(field, input)).toEqual({ problem });
  });

  it('becomes one safe line when it comes from a spreadsheet', () => {
    expect(withoutUnsafeCharacters(' Ada\r\nLovelace\u0000\u202e\ud83d ')).toBe('Ada Lovelace');
  });
});
