import { newId, type Locale, type LogoId, type PartnerId } from '#kernel';
import { coloursFrom, contrastProblems } from './brand-colours.js';
import { emptyProfile, inLocale, missing, provenLegalPage, provenWebsite } from './brand-profile.js';
import { checkedInput } from './brand-profile-input.js';
import { aProfile } from './brand.fixture.js';

describe('a brand profile', () => {
  it('is tidied: the website gets its scheme, and proves nothing', () => {
    const checked = checkedInput(aProfile({ website: ' alpenblick.example ' }));
    expect(checked.website).toBe('https://alpenblick.example/');
    expect(checked).not.toHaveProperty('verifiedHosts');
  });

  it.each([
    ['name', 'missing', { name: ' ' }],
    ['name', 'characters-unsafe', { name: 'Alpenblick\r\nBcc: eve@example.com' }],
    ['name', 'characters-unsafe', { name: 'kcilbnepla\u202e' }],
    ['postalAddress', 'characters-unsafe', { postalAddress: 'Hauptstraße\u0000' }],
    ['legalLine', 'too-long', { legalLine: 'x'.repeat(601) }],
    ['name', 'too-long', { name: 'x'.repeat(81) }],
    ['legalName', 'too-long', { legalName: 'x'.repeat(161) }],
    ['postalAddress', 'too-long', { postalAddress: 'x'.repeat(241) }],
    ['contact.title', 'too-long', { contact: { ...aProfile().contact, title: 'x'.repeat(81) } }],
    ['name', 'letters-mixed', { name: 'p\u0430ypal' }],
    ['name', 'merge-tag', { name: 'Alpenblick *|FNAME|*' }],
    ['countryCode', 'country-unknown', { countryCode: 'ZZ' }],
    ['timeZone', 'time-zone-unknown', { timeZone: 'Europe/Minga' }],
    ['website', 'website-invalid', { website: 'javascript:alert(1)' }],
    ['website', 'website-invalid', { website: 'https://127.0.0.1/' }],
    ['website', 'website-invalid', { website: 'https://user:pass@alpenblick.example/' }],
    ['website', 'website-invalid', { website: 'http://localhost:3000' }],
    ['privacyUrl', 'page-invalid', { privacyUrl: 'https://www.alpenblick.example' }],
    ['privacyUrl', 'page-invalid', { privacyUrl: 'javascript:alert(1)' }],
    ['imprintUrl', 'page-invalid', { imprintUrl: 'alpenblick.example/' }],
    ['contact.email', 'email-invalid', { contact: { ...aProfile().contact, email: 'mia' } }],
    ['colours.primary', 'colour-invalid', { colours: { ...aProfile().colours!, primary: 'url(x)' } }],
    ['locales.x', 'locale-unknown', { locales: { x: {} } }],
    ['locales.fr.legalLine', 'characters-unsafe', { locales: { fr: { legalLine: 'a\u202eb' } } }],
    ['locales.fr.contact.title', 'too-long', { locales: { fr: { contact: { title: 'x'.repeat(81) } } } }],
    ['locales.fr.contact.name', 'letters-mixed', { locales: { fr: { contact: { name: 'p\u0430ypal' } } } }],
  ] as const)('is refused where %s is %s', (field, code, overrides) => {
    expect(() => checkedInput(aProfile(overrides))).toThrow(
      expect.objectContaining({
        code: 'brand-profile.invalid',
        details: expect.objectContaining({ problems: [expect.objectContaining({ field, code })] }),
      }),
    );
  });

  it('is refused with all its problems at once', () => {
    expect(() => checkedInput(aProfile({ name: '', website: 'x' }))).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({
          problems: [expect.objectContaining({ field: 'website' }), expect.objectContaining({ field: 'name' })],
        }),
      }),
    );
  });

  it('says in words what a launch still needs', () => {
    const profile = emptyProfile(newId<PartnerId>(), 'Alpenblick IT');
    expect(missing(profile).map(({ field }) => field)).toEqual([
      'legalName',
      'postalAddress',
      'countryCode',
      'timeZone',
      'website',
      'contact.name',
      'contact.email',
      'logo',
    ]);
    const filled = { ...profile, ...checkedInput(aProfile()), logoId: newId<LogoId>() };
    expect(missing(filled).map(({ field }) => field)).toEqual(['website.host']);
    expect(missing({ ...filled, verifiedHosts: ['alpenblick.example'] })).toEqual([]);
  });

  it.each([
    ['DE', ['privacyUrl', 'imprintUrl']],
    ['AT', ['privacyUrl', 'imprintUrl']],
    ['CH', ['privacyUrl', 'imprintUrl']],
    ['FR', ['privacyUrl']],
    ['NO', ['privacyUrl']],
    ['GB', ['privacyUrl']],
    ['US', []],
    ['AU', []],
  ])('in %s needs the legal pages %j', (countryCode, needed) => {
    const profile = { ...emptyProfile(newId<PartnerId>(), 'A'), countryCode };
    const fields = missing(profile).map(({ field }) => field);
    expect(fields.filter((field) => field.endsWith('Url'))).toEqual(needed);
  });

  it('links to legal pages on confirmed websites only, and asks once for a website of both', () => {
    const profile = {
      ...emptyProfile(newId<PartnerId>(), 'A'),
      ...checkedInput(aProfile({ privacyUrl: 'https://policies.example/alpenblick' })),
      verifiedHosts: ['alpenblick.example'],
      logoId: newId<LogoId>(),
    };
    expect(provenLegalPage(profile, 'privacyUrl')).toBeNull();
    expect(provenLegalPage(profile, 'imprintUrl')).toBe('https://www.alpenblick.example/impressum');
    expect(missing(profile).map(({ field }) => field)).toEqual(['privacyUrl.host']);
    const confirmed = { ...profile, verifiedHosts: ['alpenblick.example', 'policies.example'] };
    expect(missing(confirmed)).toEqual([]);
    expect(missing({ ...profile, verifiedHosts: ['policies.example'] }).map(({ field }) => field)).toEqual([
      'website.host',
    ]);
  });

  it('reads otherwise in a language that says otherwise', () => {
    const profile = {
      ...emptyProfile(newId<PartnerId>(), 'A'),
      legalLine: 'English',
      contact: { name: 'Mia', title: 'Sales', phone: null, email: 'mia@alpenblick.example' },
      locales: { de: { legalLine: 'Deutsch', contact: { title: 'Vertrieb', phone: '+49 89 1' } } },
    };
    expect(inLocale(profile, 'de-AT' as Locale).legalLine).toBe('Deutsch');
    expect(inLocale(profile, 'de-AT' as Locale).contact).toEqual({
      name: 'Mia',
      title: 'Vertrieb',
      phone: '+49 89 1',
      email: 'mia@alpenblick.example',
    });
    expect(inLocale(profile, 'fr' as Locale).contact).toEqual(profile.contact);
    expect(inLocale(profile, 'fr' as Locale).legalLine).toBe('English');
  });

  it('warns of text that is hard to read, and says what to use', () => {
    const colours = {
      primary: '#ffcc00',
      onPrimary: '#ffffff',
      secondary: '#ffffff',
      onSecondary: '#000000',
      link: '#ffcc00',
    } as const;
    expect(contrastProblems(colours)).toMatchObject([
      { field: 'colours.onPrimary', code: 'contrast-low', ratio: 1.51 },
      { field: 'colours.link', code: 'contrast-low' },
    ]);
  });

  it('takes readable colours from a logo', () => {
    const colours = coloursFrom(['#ffcc00', '#14213d']);
    expect(colours).toMatchObject({
      primary: '#ffcc00',
      onPrimary: '#000000',
      secondary: '#14213d',
      onSecondary: '#ffffff',
    });
    expect(contrastProblems(colours)).toEqual([]);
    expect(coloursFrom([])).toBeNull();
    // Shades of one colour are no second one.
    expect(coloursFrom(['#dd3300', '#dd3311', '#e8461a', '#1d3557'])?.secondary).toBe('#1d3557');
    expect(coloursFrom(['#dd3300', '#dd3311'])?.secondary).toBe('#f2f4f7');
  });

  it.each([
    ['https://www.example.com/shop', ['example.com'], true],
    ['https://example.com/', ['www.example.com'], false],
    ['https://example.com.evil.example/', ['example.com'], false],
    ['https://evil-example.com/', ['example.com'], false],
    ['https://example.com/', [], false],
    [null, ['example.com'], false],
  ])('with the website %s and %j proved has a website to link to: %s', (website, verifiedHosts, isProven) => {
    expect(provenWebsite({ website, verifiedHosts })).toBe(isProven ? website : null);
  });
});
