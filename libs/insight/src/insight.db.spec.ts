import { type BrandProfile, missing } from '#brand';
import { newId } from '#kernel';
import { connectTestDatabase } from '../../../test/support/database.js';
import type pg from 'pg';

const COMPLETE = {
  name: 'Brightwater IT',
  legalName: 'Brightwater IT Ltd',
  postalAddress: '1 Quay Street',
  countryCode: 'GB',
  timeZone: 'Europe/London',
  website: 'https://brightwater.example',
  privacyUrl: 'https://brightwater.example/privacy',
  contact: { name: 'Bea Waters', title: null, phone: null, email: 'bea@brightwater.example' },
  logoId: newId(),
  colours: null,
};
const COLOURS = {
  primary: '#0b5cad',
  onPrimary: '#ffffff',
  secondary: '#e8eef6',
  onSecondary: '#14213d',
  link: '#0b5cad',
};

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const COUNTRIES = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

describe('a complete brand profile', () => {
  let client: pg.Client;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ client, close } = await connectTestDatabase());
  });
  afterAll(() => close());

  const isComplete = async (profile: object): Promise<boolean> =>
    (await client.query<{ is: boolean }>('SELECT insight.is_brand_complete($1) AS is', [profile])).rows[0]!.is;
  // The filled fields only.
  // The proof of the website comes separately, and may expire.
  const lacks = (profile: object): boolean =>
    missing({ ...(profile as BrandProfile), verifiedHosts: ['brightwater.example'] }).length > 0;

  it('is filled in to the numbers as it is to the launch', async () => {
    expect([await isComplete(COMPLETE), lacks(COMPLETE)]).toEqual([true, false]);
    const without = [
      { ...COMPLETE, colours: COLOURS },
      { ...COMPLETE, colours: { ...COLOURS, primary: '#e8590c' } },
      { ...COMPLETE, colours: { ...COLOURS, onSecondary: '#9aa5b1' } },
      { ...COMPLETE, colours: { ...COLOURS, link: '#ffcc00' } },
      ...Object.keys(COMPLETE).map((field) => ({ ...COMPLETE, ...(field === 'contact' ? {} : { [field]: null }) })),
      { ...COMPLETE, contact: { ...COMPLETE.contact, name: '' } },
      { ...COMPLETE, contact: { ...COMPLETE.contact, email: null } },
      { ...COMPLETE, contact: { ...COMPLETE.contact, phone: null } },
      { ...COMPLETE, countryCode: 'US', privacyUrl: null },
      { ...COMPLETE, countryCode: 'DE', imprintUrl: 'https://brightwater.example/impressum' },
    ];
    for (const profile of without) expect(await isComplete(profile)).toBe(!lacks(profile));
  });

  it('has the legal pages that its country asks for, in each country', async () => {
    const imprintUrl = 'https://brightwater.example/legal';
    const profiles = COUNTRIES.flatMap((countryCode) =>
      [{}, { privacyUrl: null }, { imprintUrl }].map((pages) => ({ ...COMPLETE, ...pages, countryCode })),
    );
    const { rows } = await client.query<{ is: boolean }>(
      'SELECT insight.is_brand_complete(profile) AS is FROM unnest($1::jsonb[]) WITH ORDINALITY given (profile, n) ORDER BY n',
      [profiles],
    );
    expect(rows.map(({ is }) => is)).toEqual(profiles.map((profile) => !lacks(profile)));
  });
});
