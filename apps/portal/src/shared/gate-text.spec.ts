import { valuesIn } from './gate-text';

describe('the names in a message about a package', () => {
  it.each([
    ['There is no slot "ofer" in this campaign.', 'Did you mean offer? Describe ofer.', ['ofer'], 'offer'],
    [
      'The handler onclick of <a> is not allowed: {{partner.name}} on #ffffff.',
      '',
      ['<a>', '{{partner.name}}', '#ffffff'],
      null,
    ],
    ['The document links to “ftp://x” and “ftp://x”.', '', ['ftp://x'], null],
    ['It can grow to 110 kB, more than 102 kB.', '', ['110 kB', '102 kB'], null],
    ['The sequence sends nothing.', 'Add a step.', [], null],
  ])('of “%s” are found', (message, remedy, names, meant) => {
    expect(valuesIn({ message, remedy })).toEqual({ names, meant });
  });
});
