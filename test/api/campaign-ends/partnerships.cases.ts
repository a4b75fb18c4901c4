import { RunningActivations } from '#activations';
import { type ActivationId, systemActor } from '#kernel';
import { withClient } from '../../support/database.js';
import { stage } from '../../support/suite-product.js';
import { until } from '../../support/until.js';
import { published, WAITS } from './ends.js';

/** The end of a partnership. */
export function partnershipsCases(): void {
  describe('of a partnership', () => {
    const end = (partnerId: string, reason = 'The contract is over.') =>
      stage.vendor.editor.post(`/api/v1/partners/${partnerId}/end`, { reason });
    const letters = (): Promise<{ body_text: string }[]> =>
      stage.api.asOwner(
        `DELETE FROM identity.system_mail WHERE subject LIKE '%has ended the partnership'
           AND body_text LIKE '%The contract is over.%' RETURNING body_text`,
      );

    const announcements = (): Promise<{ body_text: string }[]> =>
      stage.api.asOwner(
        `DELETE FROM identity.system_mail WHERE subject LIKE '%ends the partnership on %' RETURNING body_text`,
      );

    it('stops what the partner runs, offers it nothing, and tells it the reason once', async () => {
      const version = await published();
      const { id, owner } = await stage.aCompletePartner();
      const { path } = await stage.running(owner, { versionId: version.versionId, startAt: stage.inDays(5) });
      expect((await end(id).expect(200)).body).toMatchObject({ id, status: 'ended' });
      expect((await owner.get('/api/v1/offers').expect(200)).body.items).toEqual([]);
      await owner.get(`/api/v1/offers/${version.versionId}`).expect(404);
      await until(async () => (await owner.get(path)).body.status === 'stopped', 'the stop');
      const told: { body_text: string }[] = [];
      await until(async () => told.push(...(await letters())) > 0, 'the mail');
      expect(told).toEqual([{ body_text: expect.stringContaining('The contract is over.') }]);
      const { body: log } = await owner.get('/api/v1/audit-entries?limit=5&action=membership.ended').expect(200);
      expect(log.items).toMatchObject([{ action: 'membership.ended', details: { reason: 'The contract is over.' } }]);
      expect((await end(id).expect(409)).body.code).toBe('membership.not-active');
      const { vendorId } = stage.vendor;
      const stay = await owner.post('/api/v1/vendors/stay', { vendorId }).expect(409);
      expect(stay.body.code).toBe('membership.ended-by-vendor');
    });

    it('lets no message out after its answer, though the job that stops campaigns has not run', async () => {
      const version = await published();
      const { id, owner } = await stage.aCompletePartner();
      const running = await stage.running(owner, { versionId: version.versionId, startAt: stage.inDays(5) });
      const { id: activationId, email } = running;
      await end(id).expect(200);
      await until(async () => (await owner.get(running.path)).body.status === 'stopped', 'the stop');
      // As while the job waits, or after a kill of the process that had it.
      await stage.api.asOwner(`UPDATE activations.activation SET status = 'active', ended_at = NULL WHERE id = $1`, [
        activationId,
      ]);
      const scheduler = systemActor('scheduler', { partnerId: id });
      const read = await stage.api.app.get(RunningActivations).forSending(scheduler, activationId as ActivationId);
      expect(read.activation.status).toBe('stopped');
      expect(stage.mails.to(email)).toEqual([]);
    });

    it('can be taken back: the partner is offered campaigns, and what was stopped stays stopped', async () => {
      const version = await published();
      const { id, owner } = await stage.aCompletePartner();
      const { path } = await stage.running(owner, { versionId: version.versionId, startAt: stage.inDays(5) });
      const reinstate = () => stage.vendor.editor.post(`/api/v1/partners/${id}/reinstate`);
      expect((await reinstate().expect(409)).body.code).toBe('membership.not-ended');
      await end(id).expect(200);
      await until(async () => (await owner.get(path)).body.status === 'stopped', 'the stop');
      expect((await reinstate().expect(200)).body).toMatchObject({ id, status: 'active' });
      expect((await owner.get('/api/v1/offers').expect(200)).body.items.length).toBeGreaterThan(0);
      expect((await owner.get(path).expect(200)).body.status).toBe('stopped');
    });

    it('is seen by both sides until its day, and then ends, with campaigns that run to a day of their own', async () => {
      const version = await published();
      const { id, owner } = await stage.aCompletePartner();
      const { path, id: activationId } = await stage.running(owner, {
        versionId: version.versionId,
        startAt: stage.inDays(9),
      });
      const days = { lastDay: stage.day(1), campaigns: 'run-until', campaignsLastDay: stage.day(3) };
      await stage.vendor.editor
        .post(`/api/v1/partners/${id}/end`, { reason: 'The contract is over.', ...days })
        .expect(200);
      const told: { body_text: string }[] = [];
      await until(async () => told.push(...(await announcements())) > 0, 'the mail');
      const seen = {
        by: 'vendor',
        reason: 'The contract is over.',
        lastDay: stage.day(1),
        campaignsLastDay: stage.day(3),
      };
      const [vendorSees] = (
        await stage.vendor.editor.get(`/api/v1/partners?q=&limit=200`).expect(200)
      ).body.items.filter((one: { id: string }) => one.id === id);
      expect(vendorSees).toMatchObject({ status: 'active', end: seen });
      expect((await owner.get('/api/v1/vendors').expect(200)).body.items[0]).toMatchObject({
        isMember: true,
        end: seen,
      });
      expect((await owner.get(path).expect(200)).body.partnershipEnd).toMatchObject(seen);
      expect((await owner.get('/api/v1/offers').expect(200)).body.items.length).toBeGreaterThan(0);
      // The clock of the product is shared: the days are moved back instead.
      const back = (column: string) =>
        stage.api.asOwner(
          `UPDATE organisations.membership SET ${column} = ${column} - interval '30 days' WHERE partner_id = $1`,
          [id],
        );
      await back('ends_at');
      expect((await owner.get('/api/v1/offers').expect(200)).body.items).toEqual([]);
      stage.wake('end partnerships');
      await until(async () => (await owner.get('/api/v1/vendors')).body.items[0].isMember === false, 'the end');
      const scheduler = systemActor('scheduler', { partnerId: id });
      const read = () => stage.api.app.get(RunningActivations).forSending(scheduler, activationId as ActivationId);
      expect((await read()).activation.status).toBe('active');
      await withClient(stage.api.ownerUrl, async (client) => {
        // As a launch does that found the membership before its end, and is not stored yet.
        const end = `end of partnership ${stage.vendor.vendorId} ${id}`;
        await client.query('SELECT pg_advisory_lock_shared(hashtextextended($1, 0))', [end]);
        await back('campaigns_end_at');
        expect((await read()).activation.status).toBe('stopped');
        stage.wake('end partnerships');
        await until(async () => (await client.query(WAITS)).rowCount === 1, 'the job, before it stops what is stored');
        const stored = `SELECT status FROM activations.activation WHERE id = '${activationId}'`;
        expect(await stage.api.asOwner(stored)).toEqual([{ status: 'active' }]);
        await client.query('SELECT pg_advisory_unlock_all()');
      });
      await until(async () => (await owner.get(path)).body.status === 'stopped', 'the stop');
    });

    it('is taken back by the side that has announced it, until its day', async () => {
      const version = await published();
      const { id, owner } = await stage.aCompletePartner();
      const { path } = await stage.running(owner, { versionId: version.versionId, startAt: stage.inDays(5) });
      const { vendorId } = stage.vendor;
      await stage.api.signIn(vendorId, 'owner');
      const leave = () =>
        owner.post('/api/v1/vendors/leave', { vendorId, reason: 'We sell others.', lastDay: stage.day(2) });
      const stay = () => owner.post('/api/v1/vendors/stay', { vendorId });
      expect((await stay().expect(409)).body.code).toBe('membership.not-ended');
      await leave().expect(200);
      const reinstate = () => stage.vendor.editor.post(`/api/v1/partners/${id}/reinstate`);
      expect((await reinstate().expect(409)).body.code).toBe('membership.left-by-partner');
      expect((await end(id).expect(409)).body.code).toBe('membership.ends-already');
      const mailed = (subject: string): Promise<void> =>
        until(
          async () =>
            (await stage.api.asOwner('SELECT 1 FROM identity.system_mail WHERE subject LIKE $1', [subject])).length > 0,
          `the mail “${subject}” to the owner of the vendor`,
        );
      await mailed('%your programme on %');
      const { body } = await stay().expect(200);
      expect(body.items[0]).toMatchObject({ isMember: true, end: null });
      expect((await owner.get(path).expect(200)).body.status).toBe('active');
      await mailed('%in your programme');
    });

    it('is also the partner’s to decide: what it runs stops, and it comes back only if both want it', async () => {
      const version = await published();
      const { id, owner } = await stage.aCompletePartner();
      const { path } = await stage.running(owner, { versionId: version.versionId, startAt: stage.inDays(5) });
      const { vendorId } = stage.vendor;
      await owner.post('/api/v1/vendors/leave', { vendorId, reason: 'We sell others.' }).expect(200);
      await until(async () => (await owner.get(path)).body.status === 'stopped', 'the stop');
      expect((await owner.get('/api/v1/contact-lists').expect(200)).body.items.length).toBeGreaterThan(0);
      const { body } = await stage.vendor.editor.get(`/api/v1/partners/${id}`).expect(200);
      expect(body).toMatchObject({ status: 'ended', end: { by: 'partner', reason: 'We sell others.' } });
      const vendorOwner = await stage.api.signIn(vendorId, 'owner');
      const log = await vendorOwner.get('/api/v1/audit-entries?limit=50&action=membership.ended').expect(200);
      expect(log.body.items).toContainEqual(
        expect.objectContaining({ actorKind: 'partner', details: expect.objectContaining({ partnerId: id }) }),
      );
      const back = () => owner.post('/api/v1/vendors/stay', { vendorId });
      expect((await back().expect(409)).body.code).toBe('membership.left');
      const offered = await stage.vendor.editor.post(`/api/v1/partners/${id}/reinstate`).expect(200);
      expect(offered.body).toMatchObject({ status: 'ended', end: { returnOfferedAt: expect.any(String) } });
      await until(async () => {
        const told = await stage.api.asOwner(
          `SELECT 1 FROM identity.system_mail WHERE subject LIKE '%invites you back'`,
        );
        return told.length > 0;
      }, 'the mail to the partner');
      expect((await back().expect(200)).body.items[0]).toMatchObject({ isMember: true, end: null });
      expect((await owner.get('/api/v1/offers').expect(200)).body.items.length).toBeGreaterThan(0);
    });

    it('needs a reason, and a partner of the vendor that has joined', async () => {
      const { id } = await stage.aCompletePartner();
      expect((await end(id, ' ').expect(422)).body.problems).toMatchObject([{ field: 'reason' }]);
      await end('01a218c0-de5b-7409-9cb6-5b262a682896').expect(404);
    });
  });
}
