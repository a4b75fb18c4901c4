import { nameIn, valuesIn } from './gate-text';

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

describe('the name in a message for marketers', () => {
  it.each([
    [
      'The text landing.point-1 is a placeholder: “<b>[Your point 1]</b> [Your explanation]”.',
      '[Your point 1] [Your explanation]',
    ],
    [
      'Page 1, field tc.qr (x 5, y 6): The document has a placeholder for qr that campaign.yaml does not declare.',
      'qr',
    ],
    ['The subject has 82 characters; most inboxes show 70.', '82 characters'],
    ['The sequence sends nothing.', ''],
  ])('of “%s” is “%s”', (message, name) => {
    expect(nameIn({ message })).toBe(name);
  });
});
