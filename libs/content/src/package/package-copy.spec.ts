import { copyPackage } from './package-copy.js';

const CAMPAIGN = `# Of another author
name:   spring   # the key
title: {en: "Spring", de: Frühling}


emails:
    welcome:   {source: emails/welcome.mjml}
`;

describe('a copy of a package', () => {
  const copied = (yaml: string) => {
    const copy = copyPackage(
      { files: new Map([['campaign.yaml', Buffer.from(yaml)]]) },
      { name: 'autumn', title: 'Autumn: “now”' },
    );
    return copy.ok ? copy.pkg.files.get('campaign.yaml')?.toString() : copy.problems[0]?.code;
  };

  it('has another name and title, and every other byte of its campaign.yaml', () => {
    expect(copied(CAMPAIGN)).toBe(
      CAMPAIGN.replace('spring ', '"autumn" ')
        .replace('"Spring"', '"Autumn: “now”"')
        .replace('Frühling', '"Autumn: “now”"'),
    );
    const windows = CAMPAIGN.replaceAll('\n', '\r\n');
    expect(copied(windows)?.split('\r\n')).toHaveLength(windows.split('\r\n').length);
  });

  it('is refused without a name, or with a file that cannot be read', () => {
    expect(copied('title: { en: X }\n')).toBe('yaml-invalid');
    expect(copied('name: [broken')).toBe('yaml-invalid');
  });
});
