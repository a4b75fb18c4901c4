import pg from 'pg';
import { type ActivationDetail, Assets, type RunningProgress } from '#contracts';
import { newId, DAY_MS } from '#kernel';
import { publish, wholeCampaign } from '../support/campaigns.js';
import { publishToGroup } from '../support/launches.js';
import { openForSuite, owner, stage, versionId } from '../support/suite-product.js';
import { until } from '../support/until.js';

describe('activations', () => {
  openForSuite();

  const statusOf = async (path: string): Promise<string> => (await owner.get(path).expect(200)).body.status;

  describe('an activation', () => {
    it('that is held sends nothing, and once it is resumed what fell due meanwhile', async () => {
      const held = await stage.running();
      const other = await stage.running();
      await stage.mailTo(held.email);
      await stage.mailTo(other.email);
      expect((await owner.post(`${held.path}/hold`).expect(200)).body).toMatchObject({ status: 'held' });
      stage.api.clock.advance(7 * DAY_MS);
      await stage.mailTo(other.email, 2);
      expect(stage.mails.to(held.email)).toHaveLength(1);
      expect((await owner.get(held.path)).body).toMatchObject({ waiting: 1, nextAt: null });
      expect((await owner.post(`${held.path}/resume`).expect(200)).body).toMatchObject({ status: 'active' });
      const [, second] = await stage.mailTo(held.email, 2);
      expect(second!.subject).toBe('What changed in the first ninety days');
    });

    it('that its vendor holds sends nothing until the vendor releases it, and then what was due', async () => {
      const held = await stage.running();
      const other = await stage.running();
      await stage.mailTo(held.email);
      await stage.mailTo(other.email);
      const path = `/api/v1/campaigns/${stage.campaign.campaignId}/activations/${held.id}`;
      await stage.vendor.editor.post(`${path}/hold`, { reason: 'A price is wrong.' }).expect(200);
      stage.api.clock.advance(7 * DAY_MS);
      await stage.mailTo(other.email, 2);
      expect(stage.mails.to(held.email)).toHaveLength(1);
      expect((await owner.get(held.path)).body).toMatchObject({ status: 'held', waiting: 1, nextAt: null });
      await stage.vendor.editor.post(`${path}/release`).expect(200);
      expect(await stage.mailTo(held.email, 2)).toHaveLength(2);
    });

    it('that is stopped while its list is gone through leaves nobody waiting', async () => {
      const client = new pg.Client({ connectionString: stage.api.ownerUrl });
      await client.connect();
      const isAsked = async (sql: string): Promise<boolean> => (await client.query(sql)).rowCount !== 0;
      try {
        // A page of the list waits as it does for another launch of the same
        // campaign.
        await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [
          `enrol ${stage.partner.id} ${stage.campaign.campaignId}`,
        ]);
        const stopped = await stage.running();
        await until(
          () => isAsked(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`),
          'a page to wait',
        );
        await owner.post(`${stopped.path}/stop`).expect(200);
        await until(
          async () => !(await isAsked(`SELECT 1 FROM jobs.outbox WHERE job LIKE 'activations.stop%'`)),
          'what follows a stop',
        );
        await client.query('SELECT pg_advisory_unlock_all()');
        await until(
          async () => !(await isAsked(`SELECT 1 FROM jobs.outbox WHERE job LIKE 'activations.enrol%'`)),
          'the list to be gone through',
        );
        const left = await stage.api.asOwner(
          `SELECT state FROM sequences.enrolment WHERE activation_id = $1 AND state IN ('waiting', 'running')`,
          [stopped.id],
        );
        expect(left).toEqual([]);
      } finally {
        await client.end();
      }
    });

    it('that is stopped sends nothing more, and stays so', async () => {
      const stopped = await stage.running();
      const other = await stage.running();
      await stage.mailTo(stopped.email);
      await stage.mailTo(other.email);
      const { body } = await owner.post(`${stopped.path}/stop`).expect(200);
      expect(body).toMatchObject({ status: 'stopped', statusReason: 'by the partner', endedAt: expect.any(String) });
      expect(body).toMatchObject({ contacts: 1, waiting: 0, completed: 1, nextAt: null });
      for (const move of ['hold', 'resume', 'stop']) {
        const again = await owner.post(`${stopped.path}/${move}`).expect(409);
        expect(again.body.code).toBe('activation.state');
      }
      stage.api.clock.advance(7 * DAY_MS);
      await stage.mailTo(other.email, 2);
      expect(stage.mails.to(stopped.email)).toHaveLength(1);
    });

    it('that is stopped only if nothing has gone out runs on once the first message has, and is stopped before', async () => {
      const sent = await stage.running();
      await stage.mailTo(sent.email);
      const refused = await owner.post(`${sent.path}/stop`, { onlyIfUnsent: true }).expect(409);
      expect(refused.body).toMatchObject({ code: 'activation.already-sent' });
      expect((await owner.get(sent.path)).body).toMatchObject({ status: 'active', waiting: 1, endedAt: null });
      await owner.post(`${sent.path}/stop`, { onlyIfUnsent: false }).expect(200);

      const { path } = await stage.running(owner, { startAt: stage.inDays(1) });
      await owner.post(`${path}/stop`, { onlyIfUnsent: 'yes' }).expect(422);
      await owner.post(`${path}/stop`, { onlyUnsent: true }).expect(422);
      const { body } = await owner.post(`${path}/stop`, { onlyIfUnsent: true }).expect(200);
      expect(body).toMatchObject({ status: 'stopped', statusReason: 'undone' });
    });

    it('that runs cannot be resumed, nor one that is held be held again', async () => {
      const { path } = await stage.running(owner, { startAt: stage.inDays(1) });
      await owner.post(`${path}/resume`).expect(409);
      await owner.post(`${path}/hold`).expect(200);
      await owner.post(`${path}/hold`).expect(409);
      await owner.post(`${path}/stop`).expect(200);
    });

    it('of a campaign that the vendor retires is stopped, and sends nothing more', async () => {
      const ended = await publishToGroup(stage);
      const waiting = await stage.running(owner, { versionId: ended.versionId, startAt: stage.inDays(1) });
      const other = await stage.running(owner, { startAt: stage.inDays(1) });
      await stage.vendor.editor.post(`/api/v1/campaigns/${ended.campaignId}/retire`).expect(200);
      await until(async () => (await statusOf(waiting.path)) === 'stopped', 'the stop');
      expect((await owner.get(waiting.path)).body.statusReason).toContain('vendor');
      stage.api.clock.advance(2 * DAY_MS);
      await stage.mailTo(other.email);
      expect(stage.mails.to(waiting.email)).toEqual([]);
    });

    it('that was held when the vendor retires the campaign is stopped, too', async () => {
      const ended = await publishToGroup(stage);
      const held = await stage.running(owner, { versionId: ended.versionId, startAt: stage.inDays(1) });
      await owner.post(`${held.path}/hold`).expect(200);
      await stage.vendor.editor.post(`/api/v1/campaigns/${ended.campaignId}/retire`).expect(200);
      await until(async () => (await statusOf(held.path)) === 'stopped', 'the stop');
    });

    it('is completed when every contact has reached the end', async () => {
      const { versionId: oneStep } = await publishToGroup(stage);
      const { path, email } = await stage.running(owner, { versionId: oneStep });
      await stage.mailTo(email);
      await until(async () => (await statusOf(path)) === 'completed', 'the end');
      expect((await owner.get(path)).body).toMatchObject({ waiting: 0, completed: 1, nextAt: null });
    });

    it('writes down for each contact what was sent and why not', async () => {
      const { id: listId, emails } = await stage.aList(owner, [{}, { consent: { basis: 'unknown' } }]);
      const { body: launched } = await stage.launch(owner, { versionId, listId }).expect(201);
      const path = `/api/v1/activations/${launched.id}`;
      await until(async () => {
        const { items } = (await owner.get(`${path}/messages`).expect(200)).body;
        return items.length === 2 && items.every(({ outcome }: { outcome: string }) => outcome !== 'pending');
      });
      const { body } = await owner.get(`${path}/messages`).expect(200);
      const decided = (body.items as { outcome: string; reason: string }[]).map(({ outcome, reason }) => [
        outcome,
        reason,
      ]);
      expect(decided.sort()).toEqual([
        ['sent', 'sent'],
        ['skipped', 'consent-unknown'],
      ]);
      const { body: detail } = await owner.get(path).expect(200);
      const ofDetail = { contacts: 2, completed: detail.completed, nextAt: detail.nextAt };
      // One was sent and one left out, of four e-mails to two contacts.
      expect((await owner.get('/api/v1/activations/progress?limit=1').expect(200)).body.items).toEqual([
        { ...ofDetail, activationId: launched.id, emails: 4, sent: 1, decided: 2 },
      ]);
      expect(detail.reasons).toMatchObject([
        { reason: 'consent-unknown', count: 1, sentence: expect.stringContaining('permission') },
      ]);
      const { body: found } = await owner.get(`/api/v1/contacts?q=${emails[0]}`).expect(200);
      const history = await owner.get(`/api/v1/contacts/${found.items[0].id}/history`).expect(200);
      expect(history.body.items).toMatchObject([{ activationId: launched.id, stepKey: 'welcome', outcome: 'sent' }]);
      // In words that people know, not in keys.
      expect(history.body.items).toMatchObject([
        {
          campaignTitle: 'Zero trust at the edge',
          name: { number: 1, kind: 'email', subject: 'An intruder needs 62 minutes. You can need four.' },
        },
      ]);
    });

    it('names its steps by their place in the sequence, whoever came to one first', async () => {
      const { path } = await stage.running();
      const { body } = await owner.get(path).expect(200);
      const emails = (body.names as { kind: string; stepKey: string; number: number }[]).filter(
        ({ kind }) => kind === 'email',
      );
      expect(emails.map(({ stepKey, number }) => [number, stepKey])).toEqual([
        [1, 'welcome'],
        [2, 'proof'],
        [3, 'workshop'],
        [4, 'last-call'],
      ]);
    });

    describe('tells of its people', () => {
      let path: string;
      let emails: string[];
      interface Person {
        readonly id: string;
        /** Null once the person was deleted. */
        readonly email: string | null;
        readonly state: string;
        readonly got: number;
        readonly nextAt: string | null;
        readonly last: { readonly reason: string; readonly outcome: string; readonly stepKey: string } | null;
      }
      const people = async (query = ''): Promise<Person[]> =>
        (await owner.get(`${path}/people${query}`).expect(200)).body.items;
      const addresses = async (query: string): Promise<(string | null)[]> =>
        (await people(query)).map(({ email }) => email);

      beforeAll(async () => {
        stage.toWorkingHours();
        const before = await stage.running();
        await stage.mailTo(before.email);
        const list = await stage.aList(owner, [{}, {}, { consent: { basis: 'unknown' } }]);
        const { body: again } = await owner.get(`/api/v1/contacts?q=${before.email}`).expect(200);
        await owner.patch(`/api/v1/contacts/${again.items[0].id}`, { addToLists: [list.id] }).expect(200);
        emails = [...list.emails, before.email];
        const { body } = await stage.launch(owner, { versionId, listId: list.id }).expect(201);
        path = `/api/v1/activations/${body.id}`;
        const decided = async (): Promise<boolean> => {
          const all = await people();
          return all.length === 4 && all.every(({ last }) => last !== null && last.outcome !== 'pending');
        };
        await until(decided, 'a decision on everybody');
      });

      it('who got something and waits for the next, and who was left out and why', async () => {
        const all = new Map((await people()).map((person) => [person.email, person]));
        expect(all.get(emails[0]!)).toMatchObject({
          state: 'waiting',
          got: 1,
          nextAt: expect.any(String),
          last: { stepKey: 'welcome', outcome: 'sent' },
        });
        expect(all.get(emails[2]!)).toMatchObject({ got: 0, last: { outcome: 'skipped', reason: 'consent-unknown' } });
        expect(all.get(emails[3]!)).toMatchObject({
          state: 'not-enrolled',
          got: 0,
          nextAt: null,
          last: { outcome: 'skipped', reason: 'already-got' },
        });
      });

      it('by what became of them, and by why', async () => {
        expect((await addresses('?state=sent')).sort()).toEqual([emails[0], emails[1]].sort());
        expect((await addresses('?state=skipped')).sort()).toEqual([emails[2], emails[3]].sort());
        expect((await addresses('?state=waiting')).sort()).toEqual([emails[0], emails[1], emails[2]].sort());
        expect(await addresses('?state=over')).toEqual([emails[3]]);
        expect(await addresses('?state=failed')).toEqual([]);
        expect(await addresses('?state=unknown')).toEqual([]);
        expect(await addresses('?reason=already-got')).toEqual([emails[3]]);
        expect(await addresses('?reason=consent-unknown&state=waiting')).toEqual([emails[2]]);
        expect(await addresses('?reason=consent-unknown&state=sent')).toEqual([]);
        await owner.get(`${path}/people?state=happy`).expect(422);
      });

      it('page by page, each of them once', async () => {
        const seen: (string | null)[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const { body }: { body: { items: Person[]; nextCursor: string | null } } = await owner
            .get(`${path}/people?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`)
            .expect(200);
          seen.push(...body.items.map(({ email }) => email));
          cursor = body.nextCursor;
        }
        expect(seen.sort()).toEqual([...emails].sort());
      });

      it('with the reason as soon as a waiting person may get nothing more', async () => {
        await owner.post('/api/v1/suppressions', { email: emails[0] }).expect(201);
        const first = async (): Promise<Person> => (await people()).find(({ email }) => email === emails[0])!;
        expect((await first()).nextAt).toBeNull();
        await until(async () => (await first()).state === 'over', 'the end');
        expect(await first()).toMatchObject({ ended: { reason: 'suppressed', sentence: expect.any(String) } });
      });

      it('to its own partner only', async () => {
        const other = await stage.aCompletePartner();
        await other.owner.get(`${path}/people`).expect(404);
        await stage.vendor.editor.get(`${path}/people`).expect(403);
      });

      it('without a name once somebody has been deleted', async () => {
        const [first] = (await people()).filter(({ email }) => email === emails[1]);
        await owner.delete(`/api/v1/contacts/${first!.id}`).expect(204);
        const gone = (await people()).find(({ id }) => id === first!.id);
        expect(gone === undefined || gone.email === null).toBe(true);
      });
    });

    it('counts people, not steps, in why somebody missed something', async () => {
      const { id: listId } = await stage.aList(owner, [{ consent: { basis: 'unknown' } }]);
      const { body: launched } = await stage.launch(owner, { versionId, listId }).expect(201);
      const path = `/api/v1/activations/${launched.id}`;
      const decided = async (): Promise<number> =>
        (await owner.get(`${path}/messages`)).body.items.filter(
          ({ outcome }: { outcome: string }) => outcome === 'skipped',
        ).length;
      await until(async () => (await decided()) === 1, 'the first step');
      stage.api.clock.advance(7 * DAY_MS);
      await until(async () => (await decided()) === 2, 'the second step');
      expect((await owner.get(path)).body.reasons).toMatchObject([{ reason: 'consent-unknown', count: 1 }]);
    });

    it('calls unknown what may have arrived, not failed', async () => {
      const { id, path, email } = await stage.running();
      await stage.mailTo(email);
      await until(async () => (await owner.get(path)).body.steps[0]?.sent === 1, 'the record of the mail');
      await stage.api.asOwner(
        `UPDATE sequences.step_execution SET outcome = 'failed', reason = 'lease-expired' WHERE activation_id = $1`,
        [id],
      );
      const { body } = await owner.get(path).expect(200);
      expect(body.steps).toMatchObject([{ stepKey: 'welcome', sent: 0, failed: 0, unknown: 1 }]);
      expect((await owner.get(`${path}/messages`)).body.items).toMatchObject([
        { outcome: 'unknown', reason: 'lease-expired', sentence: expect.stringContaining('not confirmed') },
      ]);
    });

    it('shows its records page by page, and takes a made-up cursor for an early end or a start, never for a fault', async () => {
      const { id: listId } = await stage.aList(owner, [{}, {}, {}]);
      const { body: launched } = await stage.launch(owner, { versionId, listId }).expect(201);
      const path = `/api/v1/activations/${launched.id}/messages`;
      await until(async () => (await owner.get(path)).body.items.length === 3);
      const first = (await owner.get(`${path}?limit=2`).expect(200)).body;
      const second = (await owner.get(`${path}?limit=2&cursor=${encodeURIComponent(first.nextCursor)}`).expect(200))
        .body;
      const contacts = [...first.items, ...second.items].map(({ contactId }: { contactId: string }) => contactId);
      expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
      expect(new Set(contacts).size).toBe(3);
      for (const wrong of [`${path}?cursor=%27%20OR%201`, '/api/v1/activations?cursor=nothing'])
        expect((await owner.get(wrong).expect(422)).body).toMatchObject({ code: 'list.cursor', field: 'cursor' });
    });

    it('has its documents and pictures to download, in the partner’s brand', async () => {
      const withPost = await publish(stage.vendor, await wholeCampaign('with-post', undefined, { posts: true }), {
        partnerGroupIds: [stage.vendor.groupId],
        opensOn: stage.day(0),
        closesOn: stage.day(300),
      });
      const { path } = await stage.running(owner, { versionId: withPost.versionId, startAt: stage.inDays(1) });
      const shown = async () => Assets.parse((await owner.get(`${path}/assets`).expect(200)).body);
      await until(async () => {
        const { items, coming } = await shown();
        expect(items.length + coming).toBe(4);
        return coming === 0;
      }, 'the assets');
      const body = await shown();
      const kinds = (body.items as { kind: string; format: string; mediaType: string }[]).map(
        ({ kind, format, mediaType }) => `${kind} ${format} ${mediaType}`,
      );
      expect(kinds.sort()).toEqual([
        'document pdf application/pdf',
        'social landscape image/jpeg',
        'social square image/jpeg',
        'social story image/jpeg',
      ]);
      for (const { id, mediaType } of body.items) {
        const { headers } = await owner.get(`${path}/assets/${id}`).expect(200);
        expect(headers['content-type']).toBe(mediaType);
        expect(headers['content-disposition']).toMatch(/^attachment; filename="[\w-]+\.(?:pdf|jpg)"$/);
        expect(Number(headers['content-length'])).toBeGreaterThan(5000);
      }
      await owner.get(`${path}/assets/${newId()}`).expect(404);
    });

    it('is known to the vendor by partner and state, and by nothing of its contacts', async () => {
      const { id } = await stage.running(owner, { startAt: stage.inDays(1) });
      const { body } = await stage.vendor.editor
        .get(`/api/v1/campaigns/${stage.campaign.campaignId}/activations?limit=200`)
        .expect(200);
      const mine = body.items.find((one: { id: string }) => one.id === id);
      expect(Object.keys(mine).sort()).toEqual([
        'endedAt',
        'heldReason',
        'id',
        'lastOn',
        'launchedAt',
        'partnerId',
        'partnerName',
        'plannedEndAt',
        'status',
        'vendorAct',
        'versionNumber',
      ]);
      expect(mine).toMatchObject({ partnerName: 'Brightwater IT', status: 'active', versionNumber: 1 });
    });

    it('is in the list, newest first, page by page', async () => {
      const lister = await stage.aCompletePartner();
      const made: string[] = [];
      for (let at = 0; at < 3; at += 1) made.push((await stage.running(lister.owner, { startAt: stage.inDays(1) })).id);
      const first = (await lister.owner.get('/api/v1/activations?limit=2').expect(200)).body;
      const second = (await lister.owner.get(`/api/v1/activations?limit=2&cursor=${first.nextCursor}`).expect(200))
        .body;
      const ids = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
      expect(ids).toEqual(made.reverse());
      expect(second.nextCursor).toBeNull();
      await lister.owner.post(`/api/v1/activations/${made[0]!}/stop`, {}).expect(200);
      await lister.owner.post(`/api/v1/activations/${made[1]!}/hold`, {}).expect(200);
      const of = async (state: string): Promise<string[]> =>
        (await lister.owner.get(`/api/v1/activations?state=${state}`).expect(200)).body.items.map(
          ({ id }: { id: string }) => id,
        );
      expect(await of('running')).toEqual(made.slice(1));
      const { items } = (await lister.owner.get('/api/v1/activations/progress').expect(200)).body as RunningProgress;
      expect(items.map(({ activationId }) => activationId)).toEqual(made.slice(1));
      for (const { activationId, ...progress } of items) {
        const { body } = await lister.owner.get(`/api/v1/activations/${activationId}`).expect(200);
        const { contacts, completed, nextAt } = body as ActivationDetail;
        expect(progress).toEqual({ contacts, completed, nextAt, emails: 4, sent: 0, decided: 0 });
      }
      expect(await of('over')).toEqual(made.slice(0, 1));
    });

    it('keeps the lists that it was launched to, also those that are left out', async () => {
      const [{ id: included }, { id: leftOut }] = [await stage.aList(), await stage.aList()];
      const lists = { include: [included], exclude: [leftOut] };
      await stage.launch(owner, { versionId, lists, startAt: stage.inDays(1) }).expect(201);
      for (const id of [included, leftOut]) {
        const { body } = await owner.delete(`/api/v1/contact-lists/${id}`).expect(409);
        expect(body).toMatchObject({
          code: 'contact-list.in-use',
          details: { campaigns: expect.stringMatching(/\w/) },
        });
        expect(body.detail).toContain(body.details.campaigns);
      }
    });

    it('keeps the list that it was launched to', async () => {
      const { listId } = await stage.running(owner, { startAt: stage.inDays(1) });
      const { body } = await owner.delete(`/api/v1/contact-lists/${listId}`).expect(409);
      expect(body.code).toBe('contact-list.in-use');
    });
  });
});
