import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromBufferPromise } from 'yauzl';
import type { PartnerId } from '#kernel';
import { DAY_MS } from '#kernel';
import { OrganisationExports } from '#privacy';
import { SchedulerModule } from '../../apps/scheduler/src/scheduler.module.js';
import { type Browser, createTestApi, type TestApi, type TestVendor } from '../support/api.js';
import { until } from '../support/until.js';

const PATH = '/api/v1/organisation/exports';

/** Tables that no export holds, by the reason. */
const LEFT_OUT = {
  'secrets and open links of a person, or of the product':
    'identity.email_change identity.passkey identity.passkey_challenge identity.password_reset identity.password_reset_request identity.recovery_code identity.session identity.totp founding.first_run_token database.key_check engagement.provider_token',
  'keyed hashes, which tell nothing without the key':
    'contacts.deleted_contact contacts.former_address contacts.frequency_use contacts.keyed_suppression contacts.partner_frequency_use identity.mail_allowance identity.sign_in_failure',
  'of the machinery: work to do, leases and counters':
    'contacts.contact_list_delta contacts.segment_change contacts.segment_due delivery.claim_counter delivery.destination delivery.instance delivery.look_up delivery.mail_group delivery.stream campaigns.stored_blob delivery.tally engagement.mailbox engagement.mailbox_mail identity.system_mail insight.delta insight.finished_activation insight.lift_count insight.result_progress jobs.outbox leads.click_evaluation leads.reminder sequences.click_move sequences.daily_count sequences.date_rule sequences.due sequences.inbox sequences.partner_queue sequences.progress activations.campaign_news activations.end_notice activations.recall_letter activations.recall_target activations.version_news contacts.contact_import_file contacts.policy_refusal delivery.halt',
  'derived from what is exported':
    'activations.baked_master brand.logo_image campaigns.library_use campaigns.opening campaigns.recalled_image content.campaign_digest content.public_image engagement.click_opened insight.brand_completion insight.totals_reading',
  'numbers for vendors, which are released with noise':
    'insight.counted_person insight.deal_sum_entry insight.deal_sum_span insight.distributor_total insight.lift_activation insight.lift_batch insight.median_band insight.first_result_band insight.first_result_partner release.release release.reservation',
} as const;

describe('the export of an organisation', () => {
  let api: TestApi;
  let vendor: TestVendor;
  let partnerId: PartnerId;
  let owner: Browser;
  beforeAll(async () => {
    api = await createTestApi({ with: [SchedulerModule], consume: { forecasts: 1 } });
    vendor = await api.aVendor();
    partnerId = await api.aPartner(vendor);
    owner = await api.signIn(partnerId, 'owner');
  });
  afterAll(() => api.close());

  const exported = async (by: Browser): Promise<string> => {
    const { body } = await by.post(PATH).expect(202);
    await until(async () => {
      const { body: now } = await by.get(`${PATH}/${body.id}`).expect(200);
      if (now.state === 'failed') throw new Error('The export failed.');
      return now.state === 'ready';
    }, 'the export');
    return body.id as string;
  };
  const filesOf = async (by: Browser, id: string): Promise<Record<string, string>> => {
    const { body } = await by
      .get(`${PATH}/${id}/file`)
      .buffer(true)
      .parse((stream, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => done(null, Buffer.concat(chunks)));
      })
      .expect(200);
    const archive = await fromBufferPromise(body as Buffer);
    const files: Record<string, string> = {};
    for await (const entry of archive.eachEntry()) {
      const chunks: Buffer[] = [];
      for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
      files[entry.fileName] = Buffer.concat(chunks).toString('utf8');
    }
    return files;
  };

  it('holds all rows of a partner as JSON, its contacts as CSV, and no secret', async () => {
    const other = await api.signIn(
      await api.aPartner(vendor, { name: 'Kessler', mailHost: 'kessler.example' }),
      'owner',
    );
    await other.post('/api/v1/contacts', { email: 'hidden@other.example' }).expect(201);
    const emails = [0, 1, 2].map((at) => `person-${at}@customer.example`);
    for (const email of emails) await owner.post('/api/v1/contacts', { email, company: '=cmd' }).expect(201);
    const id = await exported(owner);
    const files = await filesOf(owner, id);
    const lines = (files['contacts.contact.jsonl'] ?? '').trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { email: string }).email).sort()).toEqual(emails);
    expect(files['contacts.csv']).toContain('person-1@customer.example');
    expect(files['contacts.csv']).not.toMatch(/,=cmd/);
    expect(JSON.parse(files['manifest.json'] ?? '')).toMatchObject({ rows: { 'contacts.contact': 3 } });
    const everything = Object.values(files).join('\n');
    expect(files['identity.user_account.jsonl']).toContain(owner.email);
    expect(everything).not.toMatch(/hidden@other\.example|argon2|password_hash|token_hash|sealed_private_key/);
    const { body } = await owner.get(PATH).expect(200);
    expect(body.items[0]).toMatchObject({ id, state: 'ready', requestedBy: 'owner person' });
    expect(body.items[0].partsDone).toBe(body.items[0].parts);
    const { body: log } = await owner.get('/api/v1/audit-entries?limit=2&action=organisation-export').expect(200);
    expect(log.items.map(({ action }: { action: string }) => action)).toEqual([
      'organisation-export.downloaded',
      'organisation-export.requested',
    ]);
  });

  it('of a vendor holds nothing of the contacts of its partners', async () => {
    const vendorOwner = await api.signIn(vendor.vendorId, 'owner');
    const files = await filesOf(vendorOwner, await exported(vendorOwner));
    expect(Object.values(files).join('\n')).not.toContain('customer.example');
    expect(files['organisations.membership.jsonl']).toContain(partnerId);
  });

  it('is for owners of this organisation only, after a confirmation', async () => {
    const id = await exported(owner);
    const marketer = await api.signIn(partnerId, 'marketer');
    await marketer.post(PATH).expect(403);
    await marketer.get(`${PATH}/${id}/file`).expect(403);
    const stranger = await api.signIn(await api.aPartner(vendor, { name: 'Third' }), 'owner');
    await stranger.get(`${PATH}/${id}/file`).expect(404);
    const late = await api.signIn(partnerId, 'owner');
    await api.asOwner(`UPDATE identity.session SET confirmed_at = confirmed_at - interval '1 hour'`);
    await late.post(PATH).expect(403);
    await late.get(`${PATH}/${id}/file`).expect(403);
    await api.asOwner(`UPDATE identity.session SET confirmed_at = confirmed_at + interval '1 hour'`);
  });

  it('is deleted after three days', async () => {
    const id = await exported(owner);
    const exports = api.app.get(OrganisationExports, { strict: false });
    expect(await exports.deleteExpired()).toBe(0);
    api.clock.advance(3 * DAY_MS + 1_000);
    expect(await exports.deleteExpired()).toBeGreaterThan(0);
    const again = await api.signIn(partnerId, 'owner');
    const { body } = await again.get(`${PATH}/${id}/file`).expect(409);
    expect(body.code).toBe('organisation-export.not-ready');
  });

  it('is void after an erasure, and its file is deleted', async () => {
    const { body: contact } = await owner.post('/api/v1/contacts', { email: 'erased@customer.example' }).expect(201);
    const id = await exported(owner);
    const stored = (): number => readdirSync(join(api.config.STORAGE_FOLDER, 'exports')).length;
    const before = stored();
    await owner.post(`/api/v1/contacts/${contact.id}/erase`).expect(204);
    expect((await owner.get(`${PATH}/${id}/file`).expect(409)).body.code).toBe('organisation-export.not-ready');
    expect((await owner.get(`${PATH}/${id}`).expect(200)).body.state).toBe('expired');
    expect(await api.app.get(OrganisationExports, { strict: false }).deleteExpired()).toBe(1);
    expect(stored()).toBe(before - 1);
    const next = await exported(owner);
    expect(JSON.stringify(await filesOf(owner, next))).not.toContain('erased@customer.example');
    const stateOf = async (): Promise<string> => (await owner.get(`${PATH}/${next}`).expect(200)).body.state;
    await owner.post('/api/v1/suppressions', { email: 'erased@customer.example' }).expect(201);
    expect(await stateOf()).toBe('ready');
    api.clock.advance(1_000);
    const { body: again } = await owner.post('/api/v1/contacts', { email: 'erased@customer.example' }).expect(201);
    await owner.post(`/api/v1/contacts/${again.id}/erase`).expect(204);
    expect(await stateOf()).toBe('expired');
  });

  it('knows each table: as part of it, or with the reason why not', async () => {
    const tables = await api.asOwner<{ name: string }>(
      `SELECT schemaname || '.' || tablename AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'public') ORDER BY 1`,
    );
    const sources = await api.asOwner<{ name: string }>('SELECT DISTINCT name FROM privacy.export_source()');
    const known = [...sources.map(({ name }) => name), ...Object.values(LEFT_OUT).flatMap((names) => names.split(' '))];
    expect(tables.map(({ name }) => name)).toEqual([...known].sort());
  });
});
