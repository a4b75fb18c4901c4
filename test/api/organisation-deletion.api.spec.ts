import { jest } from '@jest/globals';
import { Database } from '#database';
import { Accounts } from '#identity';
import { DAY_MS, type OrganisationId, type PartnerId, systemActor } from '#kernel';
import { OrganisationEraser, type OrganisationDeletionId } from '#privacy';
import { type Browser, openBrowser } from '../support/api.js';
import { openTestProduct, type TestPartner, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const PATH = '/api/v1/organisation/deletion';
const WISH = { name: 'brightwater it', reason: 'We close our company.' };

/** Tables that a deletion of an organisation leaves as they are, by the reason. */
const STAYS = {
  'evidence of what was sent, by ids that lead to no person':
    'activations.activation activations.activation_update activations.asset_use activations.baked_master activations.edition activations.recall_count activations.recall_item activations.recall_target activations.version_update campaigns.version_group delivery.message delivery.message_event engagement.interaction engagement.interaction_verdict engagement.click_opened engagement.link_target seal.activation_seal seal.receipt sequences.enrolment sequences.goal_reached sequences.hold_out_draw sequences.not_enrolled sequences.ready_post sequences.step_execution sequences.click_move leads.lead leads.deal leads.deal_event leads.deal_import leads.deal_import_row leads.deal_share insight.attribution_report leads.request leads.lead_event leads.follow_up leads.stricter_rule leads.disclosure leads.disclosure_answer content.campaign_digest content.public_image campaigns.review_comment campaigns.opening assets.asset_file',
  'the company that is responsible for what was sent':
    'organisations.organisation brand.brand_profile brand.brand_profile_version brand.logo brand.logo_image',
  'of both sides: the record of the partnership, and what counts it':
    'organisations.membership organisations.programme organisations.partner_group joining.terms_version joining.terms_acceptance insight.daily insight.deal_sum insight.deal_sum_entry insight.deal_sum_span insight.distributor_total insight.lift_activation insight.lift_batch insight.brand_completion insight.median_band insight.first_result_band insight.first_result_partner release.release release.reservation',
  'must hold for what was sent and shown, as long as it can be asked for':
    'campaigns.lifetime campaigns.recall campaigns.recalled_image campaigns.recalled_version campaigns.test_winner',
  'who did what': 'audit.entry privacy.organisation_deletion',
  'keyed hashes, which tell nothing without the key':
    'contacts.keyed_suppression contacts.deleted_contact contacts.frequency_use identity.mail_allowance identity.sign_in_failure',
  'goes with its contact, list, domain, team or draft':
    'contacts.contact contacts.contact_list_member contacts.contact_list_delta contacts.consent_record contacts.former_address contacts.opt_in contacts.preference contacts.refused_topic contacts.contact_import_file contacts.contact_import_problem contacts.segment contacts.segment_due contacts.segment_change leads.response_list leads.click_evaluation sequences.event sequences.exclusion sequences.entry_request sequences.passed_date brand.dkim_key brand.vendor_dkim_key webhooks.delivery webhooks.attempt identity.user_account identity.assignment identity.invitation identity.api_key identity.session identity.sign_in_policy identity.notification_choice identity.email_change identity.passkey identity.passkey_challenge identity.password_reset identity.recovery_code identity.totp campaigns.library_use',
  'of the machinery, without people, or deleted by its own rules':
    'activations.end_notice activations.recall_letter activations.version_news campaigns.stored_blob database.key_check delivery.claim_counter delivery.destination delivery.halt delivery.instance delivery.look_up delivery.mail_group delivery.stream delivery.tally engagement.mailbox engagement.mailbox_mail founding.first_run_token identity.password_reset_request identity.system_mail insight.counted_person insight.delta insight.finished_activation insight.lift_count insight.result_progress insight.totals_reading jobs.outbox sequences.daily_count sequences.date_rule sequences.due sequences.entry_rule sequences.inbox sequences.partner_queue sequences.progress',
} as const;

describe('the deletion of an organisation', () => {
  let stage: TestProduct;
  beforeAll(async () => {
    stage = await openTestProduct({}, { forecasts: 1 });
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());

  /** Exports everything and downloads it. */
  const download = async (by: Browser): Promise<void> => {
    const { body } = await by.post('/api/v1/organisation/exports').expect(202);
    const path = `/api/v1/organisation/exports/${body.id}`;
    await until(async () => (await by.get(path).expect(200)).body.state === 'ready', 'the export');
    await by.get(`${path}/file`).expect(200);
  };
  const membership = async (partnerId: PartnerId): Promise<Record<string, unknown>> =>
    (await stage.vendor.editor.get(`/api/v1/partners/${partnerId}`).expect(200)).body;
  const deleted = async (id: OrganisationId): Promise<void> => {
    stage.wake('delete organisations');
    await until(async () => {
      const [row] = await stage.api.asOwner<{ deleted_at: Date | null }>(
        'SELECT deleted_at FROM organisations.organisation WHERE id = $1',
        [id],
      );
      return row?.deleted_at !== null;
    }, 'the deletion');
  };
  /** Rows that should be gone, by table. */
  const left = async (side: 'vendor' | 'partner', id: OrganisationId): Promise<string[]> => {
    const sources = await stage.api.asOwner<{ name: string; condition: string }>(
      'SELECT name, condition FROM privacy.deletion_source() WHERE side = $1',
      [side],
    );
    const found: string[] = [];
    for (const { name, condition } of sources) {
      const rows = await stage.api.asOwner(`SELECT 1 FROM ${name} WHERE ${condition} LIMIT 1`, [id]);
      if (rows.length > 0) found.push(name);
    }
    return found;
  };
  const unsubscribeLink = async (email: string): Promise<string> => {
    const [mail] = await stage.mailTo(email);
    return /\/u\/[\w.-]+/.exec(String(mail?.html))?.[0] ?? '';
  };
  /** Exports, and asks for the deletion. */
  const requested = async (id: OrganisationId, owner: Browser): Promise<OrganisationDeletionId> => {
    await download(owner);
    await owner.post(PATH, WISH).expect(202);
    return openDeletion(id);
  };
  const openDeletion = async (id: OrganisationId): Promise<OrganisationDeletionId> => {
    const [row] = await stage.api.asOwner<{ id: OrganisationDeletionId }>(
      'SELECT id FROM privacy.organisation_deletion WHERE organisation_id = $1 AND withdrawn_at IS NULL',
      [id],
    );
    return row!.id;
  };
  const eraser = (): OrganisationEraser => stage.api.app.get(OrganisationEraser, { strict: false });
  const aPartner = (name: string): Promise<TestPartner> => stage.aCompletePartner(stage.vendor, { name });

  it('needs its name and a downloaded export, tells both sides, and is withdrawn as if it had not been', async () => {
    const { id, owner } = await aPartner('Brightwater IT');
    expect((await owner.post(PATH, { ...WISH, name: 'Kessler' }).expect(422)).body).toMatchObject({
      code: 'organisation-deletion.name',
      field: 'name',
    });
    expect((await owner.post(PATH, WISH).expect(409)).body.code).toBe('organisation-deletion.export-missing');
    await owner.post('/api/v1/organisation/exports').expect(202);
    expect((await owner.post(PATH, WISH).expect(409)).body.code).toBe('organisation-deletion.export-missing');
    await download(owner);
    const { body } = await owner.post(PATH, WISH).expect(202);
    const lastDay = stage.day(14);
    expect(body).toMatchObject({ requested: { by: 'owner person', reason: WISH.reason, lastDay, hasBegun: false } });
    expect((await owner.post(PATH, WISH).expect(409)).body.code).toBe('organisation-deletion.requested');
    await until(async () => (await membership(id))['end'] !== null, 'the announcement');
    expect(await membership(id)).toMatchObject({
      status: 'active',
      end: { by: 'partner', reason: WISH.reason, lastDay, campaignsLastDay: lastDay },
    });
    const letters = await stage.api.asOwner<{ subject: string }>(
      'SELECT subject FROM identity.system_mail WHERE recipient = $1',
      [owner.email],
    );
    expect(letters).toEqual([{ subject: expect.stringMatching(/^Brightwater IT is to be deleted on \d/) }]);

    await owner.delete(PATH).expect(204);
    await until(async () => (await membership(id))['end'] === null, 'the withdrawal');
    expect((await owner.delete(PATH).expect(409)).body.code).toBe('organisation-deletion.not-requested');
    const { body: log } = await owner.get('/api/v1/audit-entries?action=organisation-deletion').expect(200);
    expect(log.items.map(({ action }: { action: string }) => action)).toEqual([
      'organisation-deletion.withdrawn',
      'organisation-deletion.requested',
    ]);
  });

  it('leaves an end that was announced before, also when it is withdrawn', async () => {
    const { id, owner } = await aPartner('Brightwater IT');
    const lastDay = stage.day(60);
    const early = { vendorId: stage.vendor.vendorId, reason: 'We sell other products.', lastDay };
    await owner.post('/api/v1/vendors/leave', early).expect(200);
    const deletionId = await requested(id, owner);
    await eraser().carryOut(deletionId);
    expect(await membership(id)).toMatchObject({ end: { reason: early.reason, lastDay } });
    await owner.delete(PATH).expect(204);
    await eraser().carryOut(deletionId);
    expect(await membership(id)).toMatchObject({ end: { reason: early.reason, lastDay } });
  });

  it('is announced when it is asked for again, whenever the first one is taken back', async () => {
    const { id, owner } = await aPartner('Brightwater IT');
    const end = async (): Promise<unknown> => (await membership(id))['end'];
    const first = await requested(id, owner);
    await until(async () => (await end()) !== null, 'the announcement');
    await owner.delete(PATH).expect(204);
    await until(async () => (await end()) === null, 'the withdrawal');
    await owner.post(PATH, WISH).expect(202);
    await until(async () => (await end()) !== null, 'the second announcement');
    await eraser().carryOut(first);
    expect(await end()).toMatchObject({ by: 'partner', lastDay: stage.day(14) });
    await owner.delete(PATH).expect(204);
    await until(async () => (await end()) === null, 'the second withdrawal');
  });

  it('is for its owners alone', async () => {
    const { id } = await aPartner('Brightwater IT');
    const marketer = await stage.api.signIn(id, 'marketer');
    await marketer.get(PATH).expect(403);
    await marketer.post(PATH, WISH).expect(403);
    await marketer.delete(PATH).expect(403);
  });

  it('deletes nothing that nobody asked for', async () => {
    const actor = systemActor('test', { partnerId: stage.partner.id });
    const database = stage.api.app.get(Database);
    const erase = (sql: string): Promise<unknown> =>
      database.inTransaction(actor, () => database.query(sql, [stage.partner.id]));
    await expect(erase(`SELECT privacy.delete_rows($1, 'partner', 1, 10)`)).rejects.toThrow('has not begun');
    await expect(erase('SELECT privacy.delete_team($1)')).rejects.toThrow('has not begun');
  });

  it('of a partner leaves numbers and evidence, a closed page, and links to unsubscribe that are honoured', async () => {
    const leaving = await aPartner('Brightwater IT');
    const other = await aPartner('Kessler');
    const kept = await stage.running(other.owner);
    const gone = await stage.running(leaving.owner);
    const link = await unsubscribeLink(gone.email);
    const key = await stage.api.apiKey(leaving.id, 'partner', 'owner');
    await leaving.owner.post('/api/v1/suppressions', { email: 'asked@customer.example' }).expect(201);
    await stage.booked();
    const messages = async (): Promise<unknown> =>
      stage.api.asOwner(
        `SELECT id, state, final_hash FROM delivery.message WHERE partner_id = $1 AND state = 'accepted'`,
        [leaving.id],
      );
    const before = await messages();
    await download(leaving.owner);
    await leaving.owner.post(PATH, WISH).expect(202);
    stage.api.clock.advance(15 * DAY_MS);
    await deleted(leaving.id);

    expect(await left('partner', leaving.id)).toEqual([]);
    expect(await stage.api.asOwner('SELECT 1 FROM contacts.contact WHERE partner_id = $1', [leaving.id])).toEqual([]);
    expect(await messages()).toEqual(before);
    expect(
      await stage.api.asOwner('SELECT email FROM contacts.suppression WHERE partner_id = $1', [leaving.id]),
    ).toEqual([{ email: null }]);
    expect(await membership(leaving.id)).toMatchObject({ status: 'ended' });
    await leaving.owner.get('/api/v1/contacts').expect(401);
    await stage.api.http.get('/api/v1/contacts').set('Authorization', `Bearer ${key}`).expect(401);
    await expect(openBrowser(stage.api.http, leaving.owner.email)).rejects.toThrow();

    const page = await stage.api.http.get(gone.pagePath).set('Accept', 'text/html').expect(410);
    expect(page.text).toContain('Brightwater IT was responsible for this page');
    await stage.api.http.get(link).expect(200);
    await stage.api.http.post(link).type('form').send({ choice: 'vendor' }).expect(200);
    const optOuts = (): Promise<unknown[]> =>
      stage.api.asOwner(`SELECT 1 FROM contacts.keyed_suppression WHERE vendor_id = $1 AND reason = 'unsubscribed'`, [
        stage.vendor.vendorId,
      ]);
    expect(await optOuts()).toHaveLength(1);
    await stage.api.http.post(`${link}/preferences`).type('form').send({ choice: 'undo' }).expect(200);
    expect(await optOuts()).toHaveLength(0);

    const again = await openBrowser(stage.api.http, other.owner.email);
    expect((await again.get(`/api/v1/contacts?q=${kept.email}`).expect(200)).body.items).toHaveLength(1);
    await stage.api.http.get(kept.pagePath).expect(200);
  });

  it('is the same if it runs twice at once, and again', async () => {
    const { id, owner } = await aPartner('Brightwater IT');
    await stage.aList(owner, [{}, {}, {}]);
    await download(owner);
    await owner.post(PATH, WISH).expect(202);
    const [row] = await stage.api.asOwner<{ id: OrganisationDeletionId }>(
      `UPDATE privacy.organisation_deletion SET started_at = now(), active_at = now() WHERE organisation_id = $1 RETURNING id`,
      [id],
    );
    const outcomes = await Promise.allSettled([eraser().carryOut(row!.id), eraser().carryOut(row!.id)]);
    // Who comes too late finds the deletion done. The scheduler's own job may have been the first.
    const late = outcomes.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    expect(late.filter((reason) => !reason.endsWith('has not begun'))).toEqual([]);
    await eraser().carryOut(row!.id);
    expect(await left('partner', id)).toEqual([]);
    expect(await stage.api.asOwner('SELECT 1 FROM contacts.contact WHERE partner_id = $1', [id])).toEqual([]);
    const entries = await stage.api.asOwner(
      `SELECT 1 FROM audit.entry WHERE action = 'organisation.deleted' AND partner_id = $1`,
      [id],
    );
    expect(entries).toHaveLength(1);
  });

  it('deletes what its people add until they are gone', async () => {
    const { id, owner } = await aPartner('Brightwater IT');
    const deletionId = await requested(id, owner);
    await until(async () => (await membership(id))['end'] !== null, 'the announcement');
    await stage.api.asOwner('UPDATE privacy.organisation_deletion SET started_at = now() WHERE id = $1', [deletionId]);
    const accounts = stage.api.app.get(Accounts, { strict: false });
    const read = accounts.team.bind(accounts);
    // Its owners are told when its data has been deleted, just before they go.
    const told = jest.spyOn(accounts, 'team').mockImplementation(async (actor, organisationId) => {
      if (organisationId === id) await stage.aList(owner, [{}, {}]);
      return read(actor, organisationId);
    });
    await eraser()
      .carryOut(deletionId)
      .finally(() => told.mockRestore());
    expect(await left('partner', id)).toEqual([]);
    expect(await stage.api.asOwner('SELECT 1 FROM contacts.contact WHERE partner_id = $1', [id])).toEqual([]);
  });

  it('of a vendor ends its partnerships on the announced day, and its partners keep what is theirs', async () => {
    const { owner } = await stage.aCompletePartner();
    const running = await stage.running(owner);
    const vendorOwner = await stage.api.signIn(stage.vendor.vendorId, 'owner');
    await download(vendorOwner);
    await vendorOwner.post(PATH, { ...WISH, name: 'Northwind Systems' }).expect(202);
    const vendors = async (by: Browser): Promise<Record<string, unknown>> =>
      (await by.get('/api/v1/vendors').expect(200)).body.items[0];
    await until(async () => (await vendors(owner))['end'] !== null, 'the announcement');
    expect(await vendors(owner)).toMatchObject({ isMember: true, end: { by: 'vendor', lastDay: stage.day(30) } });
    stage.api.clock.advance(31 * DAY_MS);
    await deleted(stage.vendor.vendorId);
    expect(await left('vendor', stage.vendor.vendorId)).toEqual([]);
    await vendorOwner.get('/api/v1/campaigns').expect(401);
    const again = await openBrowser(stage.api.http, owner.email);
    expect(await vendors(again)).toMatchObject({ isMember: false });
    expect((await again.get(running.path).expect(200)).body.status).toBe('stopped');
    expect((await again.get(`/api/v1/contacts?q=${running.email}`).expect(200)).body.items).toHaveLength(1);
    await stage.api.http.get(running.pagePath).expect(200);
  });

  it('may delete each of its rows in its scope, also where the owner of the database is no superuser', async () => {
    const refused = await stage.api.asOwner<{ name: string }>(
      `SELECT s.side, s.name FROM privacy.deletion_source() s WHERE NOT EXISTS (
         SELECT FROM pg_policies p WHERE p.schemaname || '.' || p.tablename = s.name
           AND p.cmd IN ('ALL', CASE WHEN s.emptied IS NULL THEN 'DELETE' ELSE 'UPDATE' END)
           AND (p.qual LIKE '%is_system%' OR p.qual LIKE '%' || s.side || '_scope%'))`,
    );
    expect(refused).toEqual([]);
  });

  it('knows each table: as deleted, or with the reason why not', async () => {
    const tables = await stage.api.asOwner<{ name: string }>(
      `SELECT schemaname || '.' || tablename AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'public') ORDER BY 1`,
    );
    const sources = await stage.api.asOwner<{ name: string }>('SELECT DISTINCT name FROM privacy.deletion_source()');
    const known = [...sources.map(({ name }) => name), ...Object.values(STAYS).flatMap((names) => names.split(' '))];
    expect(tables.map(({ name }) => name)).toEqual([...known].sort());
  });
});
