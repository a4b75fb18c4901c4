import { faultsOf, readInvitations } from './invitation-rows';

describe('partners to invite', () => {
  it('are read from a CSV file with any delimiter and column order', () => {
    const file = '\uFEFFE-Mail;Company;Country;Tier;Region\nana@one.example;One;gb;gold;emea\n\n;Two;DE;silver;emea\n';
    expect(readInvitations(file)).toEqual({
      missing: [],
      rows: [
        { organisationName: 'One', email: 'ana@one.example', countryCode: 'GB', tier: 'gold', region: 'emea' },
        { organisationName: 'Two', email: '', countryCode: 'DE', tier: 'silver', region: 'emea' },
      ],
    });
  });

  it('need every column', () => {
    expect(readInvitations('name,email\nOne,ana@one.example').missing).toEqual(['countryCode', 'tier', 'region']);
  });

  it('are sent only with valid fields, and once per address', () => {
    const one = { organisationName: 'One', email: 'ana@one.example', countryCode: 'GB', tier: 'gold', region: 'emea' };
    expect(faultsOf(one, [])).toEqual([]);
    expect(faultsOf({ ...one, countryCode: 'England', tier: '' }, [])).toEqual([
      { field: 'countryCode', why: 'noCountry' },
      { field: 'tier', why: 'empty' },
    ]);
    expect(faultsOf({ ...one, countryCode: 'XX' }, [])).toEqual([{ field: 'countryCode', why: 'noCountry' }]);
    expect(faultsOf({ ...one, email: 'ANA@one.example' }, [one])).toEqual([{ field: 'email', why: 'twice' }]);
    expect(faultsOf({ ...one, email: 'no-address' }, [])).toEqual([{ field: 'email', why: 'noAddress' }]);
  });
});
