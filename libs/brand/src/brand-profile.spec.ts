import { newId, type Locale, type PartnerId } from '#kernel';
import {
  type BrandProfileInput,
  checkedInput,
  coloursFrom,
  contrastProblems,
  emptyProfile,
  hostsOf,
  inLocale,
  missing,
} from './brand-profile.js';

const anInput = (overrides: Partial<BrandProfileInput> = {}): BrandProfileInput => ({
  name: 'Alpenblick IT',
  legalName: 'Alpenblick IT GmbH',
  legalLine: 'HRB 12345, Amtsgericht München',
  postalAddress: 'Hauptstraße 1\n80331 München',
  countryCode: 'DE',
  timeZone: 'Europe/Berlin',
  website: 'https://www.alpenblick.example/',
  contact: { name: 'Mia Huber', title: 'Sales', phone: '+49 89 1234', email: 'mia@alpenblick.example' },
  colours: { primary: '#0b5cad', onPrimary: '#ffffff', secondary: '#e8eef6', onSecondary: '#14213d', link: '#0b5cad' },
  locales: {},
  ...overrides,
});

describe('a brand profile', () => {
  it('is tidied: the website gets its scheme, and its hosts follow', () => {
    expect(checkedInput(anInput({ website: ' alpenblick.example ' }))).toMatchObject({
      website: 'https://alpenblick.example/',
      verifiedHosts: ['alpenblick.example', 'www.alpenblick.example'],
    });
  });

  it.each([
    ['name', 'missing', { name: ' ' }],
    ['name', 'characters-unsafe', { name: 'Alpenblick\r\nBcc: eve@example.com' }],
    ['name', 'characters-unsafe', { name: 'kcilbnepla\u202e' }],
    ['postalAddress', 'characters-unsafe', { postalAddress: 'Hauptstraße\u0000' }],
    ['legalLine', 'too-long', { legalLine: 'x'.repeat(601) }],
    ['countryCode', 'country-unknown', { countryCode: 'ZZ' }],
    ['timeZone', 'time-zone-unknown', { timeZone: 'Europe/Minga' }],
    ['website', 'website-invalid', { website: 'javascript:alert(1)' }],
    ['website', 'website-invalid', { website: 'https://127.0.0.1/' }],
    ['website', 'website-invalid', { website: 'https://user:pass@alpenblick.example/' }],
    ['website', 'website-invalid', { website: 'http://localhost:3000' }],
    ['contact.email', 'email-invalid', { contact: { ...anInput().contact, email: 'mia' } }],
    ['colours.primary', 'colour-invalid', { colours: { ...anInput().colours!, primary: 'url(x)' } }],
    ['locales.x', 'locale-unknown', { locales: { x: {} } }],
    ['locales.fr.legalLine', 'characters-unsafe', { locales: { fr: { legalLine: 'a\u202eb' } } }],
  ] as const)('is refused where %s is %s', (field, code, overrides) => {
    expect(() => checkedInput(anInput(overrides))).toThrow(
      expect.objectContaining({
        code: 'brand-profile.invalid',
        details: expect.objectContaining({ problems: [expect.objectContaining({ field, code })] }),
      }),
    );
  });

  it('is refused with all its problems at once', () => {
    expect(() => checkedInput(anInput({ name: '', website: 'x' }))).toThrow(
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
      'postalAddress',
      'countryCode',
      'timeZone',
      'website',
      'contact.name',
      'contact.email',
      'logo',
    ]);
    expect(missing({ ...profile, ...checkedInput(anInput()), logoId: newId() })).toEqual([]);
  });

  it('reads otherwise in a language that says otherwise', () => {
    const profile = {
      ...emptyProfile(newId<PartnerId>(), 'A'),
      legalLine: 'English',
      locales: { de: { legalLine: 'Deutsch' } },
    };
    expect(inLocale(profile, 'de-AT' as Locale).legalLine).toBe('Deutsch');
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
  });

  it.each([
    ['https://www.example.com/shop', ['www.example.com', 'example.com']],
    ['https://example.com', ['example.com', 'www.example.com']],
    [null, []],
  ])('with the website %s has the hosts %j', (website, hosts) => {
    expect(hostsOf(website)).toEqual(hosts);
  });
});
