import type { AuditEntryView } from '#contracts';
import { type Browser, createTestApi, type TestApi, type TestVendor } from '../support/api.js';

const PATH = '/api/v1/audit-entries';

describe('the audit log', () => {
  let api: TestApi;
  let vendor: TestVendor;
  let owner: Browser;
  beforeAll(async () => {
    api = await createTestApi();
    vendor = await api.aVendor();
    owner = await api.signIn(vendor.vendorId, 'owner');
    const marketer = await api.signIn(vendor.vendorId, 'marketer');
    await owner.post('/api/v1/partner-groups', { name: '100% gold_', rule: { tiers: ['gold'] } }).expect(201);
    await marketer.post('/api/v1/partner-groups', { name: '=HYPERLINK("x")', rule: { tiers: ['gold'] } }).expect(201);
  });
  afterAll(() => api.close());

  const found = async (query: Record<string, string>, by = owner): Promise<AuditEntryView[]> => {
    const { body } = await by.get(`${PATH}?${new URLSearchParams(query).toString()}`).expect(200);
    return (body as { items: AuditEntryView[] }).items;
  };
  const names = (entries: readonly AuditEntryView[]): unknown[] => entries.map(({ details }) => details['name']);

  it('is searched by who, by deed or kind of deed, and by words anywhere', async () => {
    expect(names(await found({ action: 'partner-group.created', who: 'OWNER' }))).toEqual(['100% gold_']);
    expect(names(await found({ action: 'partner-group', q: 'hyperlink("x")' }))).toEqual(['=HYPERLINK("x")']);
    expect(await found({ action: 'partner' })).toEqual([]);
    const [entry] = await found({ action: 'partner-group' });
    expect((await found({ q: entry!.subjectId })).map(({ id }) => id)).toEqual([entry!.id]);
  });

  it('takes what is typed for words, not for a pattern', async () => {
    expect(names(await found({ action: 'partner-group', q: '100%' }))).toEqual(['100% gold_']);
    expect(await found({ action: 'partner-group', q: '1_0%' })).toEqual([]);
    expect(await found({ q: '\\' })).toEqual([]);
  });

  it('is searched by when, from a moment on and before another', async () => {
    const [{ at } = { at: '' }] = await found({ action: 'partner-group', who: 'owner' });
    const after = new Date(Date.parse(at) + 1).toISOString();
    expect(names(await found({ action: 'partner-group', from: at, to: after }))).toEqual(['100% gold_']);
    expect(names(await found({ action: 'partner-group', to: at }))).toEqual([]);
  });

  it('tells what the product did apart from what people did', async () => {
    const kinds = new Set((await found({ actorKind: 'system' })).map(({ actorKind }) => actorKind));
    expect([...kinds]).toEqual(['system']);
    expect((await found({ who: 'test' })).every(({ actorKind }) => actorKind !== 'system')).toBe(true);
  });

  it('is taken away as CSV, all that matches, and no spreadsheet runs any of it', async () => {
    const { text, headers } = await owner.get(`${PATH}.csv?action=partner-group`).expect(200);
    expect(headers['content-disposition']).toContain('audit-log.csv');
    const [heading, ...rows] = text.replace('\ufeff', '').trim().split('\r\n');
    expect(heading).toBe('at,by,byKind,action,subjectKind,subjectId,details,id');
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain('partner-group.created');
  });

  it('is its own organisation’s alone, however it is searched', async () => {
    const others = await api.aVendor('Others');
    const stranger = await api.signIn(others.vendorId, 'owner');
    expect(await found({ action: 'partner-group' }, stranger)).toEqual([]);
    expect((await stranger.get(`${PATH}.csv?q=gold`).expect(200)).text.trim().split('\r\n')).toHaveLength(1);
  });

  it.each([
    ['a deed that is none', 'action=drop%20table'],
    ['a moment that is none', 'from=yesterday'],
    ['an actor that is none', 'actorKind=robot'],
  ])('refuses %s', async (_, query) => {
    await owner.get(`${PATH}?${query}`).expect(422);
  });
});
