import type { AttributeValue } from '#contracts';
import { newId, type PartnerAttributeId, type PartnerId, type VendorId } from '#kernel';
import type { PartnerAttribute } from './partner-attribute.js';
import { type ImportContext, type ImportedPartner, type KnownPartner, planImport } from './partner-import.js';

const CERTIFIED: PartnerAttribute = {
  id: newId<PartnerAttributeId>(),
  vendorId: newId<VendorId>(),
  name: 'Certified',
  help: '',
  kind: 'certification',
  owner: 'vendor',
  options: [],
};
const FOCUS: PartnerAttribute = {
  ...CERTIFIED,
  id: newId<PartnerAttributeId>(),
  name: 'Focus',
  kind: 'text',
  owner: 'partner',
};

const known = (changes: Partial<KnownPartner>): KnownPartner => ({
  partnerId: newId<PartnerId>(),
  name: 'Brightwater',
  tier: 'gold',
  region: 'emea',
  externalId: null,
  status: 'active',
  values: new Map(),
  ...changes,
});
const context = (partners: readonly KnownPartner[], byEmail: [string, PartnerId][] = []): ImportContext => ({
  partners,
  byEmail: new Map(byEmail),
  attributes: new Map([CERTIFIED, FOCUS].map((one) => [one.id, one])),
  hasTiersByRule: false,
});
const row = (
  fields: Partial<Omit<ImportedPartner, 'attributes'>>,
  attributes: [PartnerAttributeId, AttributeValue | null][] = [],
): ImportedPartner => ({ line: 2, ...fields, attributes: new Map(attributes) });
const NEWCOMER = {
  organisationName: 'Harbour',
  email: 'ana@harbour.example',
  countryCode: 'GB',
  tier: 'gold',
  region: 'emea',
};

describe('an import of partners', () => {
  it('adds a company that is not known, and asks for all that an invitation needs', () => {
    const [added] = planImport([row({ ...NEWCOMER, externalId: 'H-1' })], context([]));
    expect(added).toMatchObject({ outcome: 'new', partner: { ...NEWCOMER, externalId: 'H-1' } });
    const [refused] = planImport(
      [row({ organisationName: 'Harbour', email: 'nobody', countryCode: 'XX' })],
      context([]),
    );
    expect(refused).toMatchObject({
      outcome: 'refused',
      faults: [
        { reason: 'missing', field: 'tier' },
        { reason: 'missing', field: 'region' },
        { reason: 'country-unknown', value: 'XX' },
        { reason: 'address-invalid', value: 'nobody' },
      ],
    });
  });

  it('finds a partner by its id, its external id, its address or its name, and says field by field what changes', () => {
    const one = known({ externalId: 'B-1', name: 'Brightwater' });
    const other = known({ name: 'Kessler' });
    const partners = context([one, other], [['jonas@kessler.example', other.partnerId]]);
    const changed = (fields: Partial<ImportedPartner>) => planImport([row({ ...fields, tier: 'silver' })], partners)[0];
    const silver = [{ field: 'tier', before: 'gold', after: 'silver' }];
    expect(changed({ partnerId: one.partnerId })).toMatchObject({ partnerId: one.partnerId, changes: silver });
    expect(changed({ externalId: 'B-1' })).toMatchObject({ partnerId: one.partnerId, changes: silver });
    expect(changed({ email: 'JONAS@kessler.example' })).toMatchObject({ partnerId: other.partnerId, changes: silver });
    expect(changed({ organisationName: 'kessler' })).toMatchObject({ partnerId: other.partnerId, changes: silver });
    expect(changed({ organisationName: 'Kessler', externalId: 'K-1' })).toMatchObject({
      partnerId: other.partnerId,
      changes: [...silver, { field: 'externalId', before: null, after: 'K-1' }],
    });
    expect(planImport([row({ externalId: 'B-1', tier: 'gold' })], partners)[0]).toMatchObject({ outcome: 'unchanged' });
  });

  it('takes a company of the same name with another external id for another company', () => {
    const partners = context([known({ externalId: 'B-1' })]);
    expect(
      planImport([row({ ...NEWCOMER, organisationName: 'Brightwater', externalId: 'B-2' })], partners)[0],
    ).toMatchObject({
      outcome: 'new',
    });
  });

  it('refuses the invitation address of a partner with another external id, whose data stay', () => {
    const one = known({ externalId: 'A-1' });
    const partners = context([one], [['x@agency.example', one.partnerId]]);
    const plan = (fields: Partial<ImportedPartner>) => planImport([row({ ...NEWCOMER, ...fields })], partners)[0];
    expect(plan({ externalId: 'B-2', email: 'X@agency.example' })).toMatchObject({
      outcome: 'refused',
      faults: [{ reason: 'address-taken', field: 'email', value: 'X@agency.example' }],
    });
    expect(plan({ email: 'x@agency.example', tier: 'silver' })).toMatchObject({ partnerId: one.partnerId });
  });

  it('changes values that the vendor keeps, and only if they differ', () => {
    const value = { number: 'N-1', expiresOn: '2028-01-01' };
    const one = known({ values: new Map([[CERTIFIED.id, value]]) });
    const plan = (after: AttributeValue | null) =>
      planImport([row({ partnerId: one.partnerId }, [[CERTIFIED.id, after]])], context([one]))[0];
    expect(plan({ ...value })).toMatchObject({ outcome: 'unchanged' });
    expect(plan({ ...value, expiresOn: '2029-01-01' })).toMatchObject({
      changes: [{ field: 'attribute', attributeId: CERTIFIED.id, before: value }],
    });
    expect(plan(null)).toMatchObject({ changes: [{ after: null }] });
    expect(plan({ number: 'n'.repeat(201), expiresOn: null })).toMatchObject({ faults: [{ reason: 'too-long' }] });
    expect(plan('2029-01-01')).toMatchObject({ faults: [{ reason: 'value-invalid', field: 'Certified' }] });
    const [kept] = planImport([row({ partnerId: one.partnerId }, [[FOCUS.id, 'Health']])], context([one]));
    expect(kept).toMatchObject({ faults: [{ reason: 'kept-by-partner', field: 'Focus' }] });
  });

  it('refuses a second row about a partner, partners that have left, and foreign or taken ids', () => {
    const one = known({ externalId: 'B-1' });
    const left = known({ name: 'Gone', status: 'ended' });
    const partners = context([one, left]);
    const reasons = (...rows: ImportedPartner[]) =>
      planImport(rows, partners).map((planned) =>
        'faults' in planned ? planned.faults.map(({ reason }) => reason) : [],
      );
    expect(reasons(row({ externalId: 'B-1' }), row({ partnerId: one.partnerId, line: 3 }))).toEqual([[], ['repeated']]);
    expect(
      reasons(row(NEWCOMER), row({ ...NEWCOMER, organisationName: 'Again', email: 'ANA@harbour.example' })),
    ).toEqual([[], ['repeated']]);
    expect(reasons(row({ organisationName: 'Gone' }))).toEqual([['partner-left']]);
    expect(reasons(row({ partnerId: newId<PartnerId>() }))).toEqual([['partner-unknown']]);
    expect(reasons(row({ partnerId: left.partnerId, externalId: 'B-1' }))).toEqual([
      ['partner-left', 'external-id-taken'],
    ]);
  });

  it('refuses another tier of an active partner while rules decide the tiers', () => {
    const ruled = { ...context([known({}), known({ name: 'Invited', status: 'invited' })]), hasTiersByRule: true };
    const outcomes = (tier: string) =>
      planImport(
        [row({ organisationName: 'Brightwater', tier }), row({ organisationName: 'Invited', tier })],
        ruled,
      ).map(({ outcome }) => outcome);
    expect(outcomes('gold')).toEqual(['unchanged', 'unchanged']);
    expect(outcomes('silver')).toEqual(['refused', 'changed']);
  });
});
