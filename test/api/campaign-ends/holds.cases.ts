import { ActivationControl, RunningActivations } from '#activations';
import { type ActivationId, systemActor } from '#kernel';
import { stage } from '../../support/suite-product.js';
import { until } from '../../support/until.js';
import { published } from './ends.js';

/** The end of one partner’s activation. */
export function holdsCases(): void {
  describe('of one partner’s activation', () => {
    const MISTAKE = { reason: 'A claim is wrong.' };
    const runner = async () => {
      const version = await published();
      const partner = await stage.aCompletePartner();
      const { path, id } = await stage.running(partner.owner, {
        versionId: version.versionId,
        startAt: stage.inDays(5),
      });
      const scheduler = systemActor('scheduler', { partnerId: partner.id });
      return {
        ...partner,
        path,
        activationId: id as ActivationId,
        act: (verb: string, body?: object) =>
          stage.vendor.editor.post(`/api/v1/campaigns/${version.campaignId}/activations/${id}/${verb}`, body),
        sendingStatus: async () =>
          (await stage.api.app.get(RunningActivations).forSending(scheduler, id as ActivationId)).activation.status,
      };
    };
    const mailed = async (subject: string): Promise<void> =>
      until(
        async () =>
          (await stage.api.asOwner(`DELETE FROM identity.system_mail WHERE subject LIKE $1 RETURNING 1`, [subject]))
            .length > 0,
        subject,
      );

    it('holds it with a reason that the partner reads, and the partner cannot resume it', async () => {
      const { owner, path, act, sendingStatus } = await runner();
      expect((await act('hold', MISTAKE).expect(200)).body).toMatchObject({
        status: 'held',
        heldReason: 'by the vendor',
        vendorAct: { kind: 'held', ...MISTAKE },
      });
      expect(await sendingStatus()).toBe('held');
      const { body } = await owner.get(path).expect(200);
      expect(body).toMatchObject({ status: 'held', vendorAct: { kind: 'held', by: expect.any(String), ...MISTAKE } });
      await mailed('%has paused “%');
      const { body: refused } = await owner.post(`${path}/resume`).expect(409);
      expect(refused).toMatchObject({
        code: 'activation.vendor-holds',
        detail: expect.stringContaining(MISTAKE.reason),
      });
      const { body: log } = await owner
        .get('/api/v1/audit-entries?limit=5&action=activation.held-by-vendor')
        .expect(200);
      expect(log.items).toMatchObject([{ actorKind: 'vendor', details: MISTAKE }]);
      expect((await act('hold', MISTAKE).expect(409)).body.code).toBe('activation.held-by-vendor');
      expect((await act('release').expect(200)).body).toMatchObject({ status: 'active', vendorAct: null });
      expect([await sendingStatus(), (await owner.get(path)).body.vendorAct]).toEqual(['active', null]);
      await mailed('%has released “%');
    });

    it('keeps the partner’s own hold when the vendor releases its hold', async () => {
      const { owner, path, act, sendingStatus } = await runner();
      await owner.post(`${path}/hold`).expect(200);
      await act('hold', MISTAKE).expect(200);
      expect((await owner.post(`${path}/resume`).expect(409)).body.code).toBe('activation.vendor-holds');
      await act('release').expect(200);
      expect((await act('release').expect(409)).body.code).toBe('activation.not-held-by-vendor');
      expect(await sendingStatus()).toBe('held');
      await owner.post(`${path}/resume`).expect(200);
      expect(await sendingStatus()).toBe('active');
    });

    it('answers for one whose contacts have finished as for any other, and holds what is sent again', async () => {
      const { id, activationId, act, sendingStatus } = await runner();
      await stage.api.app.get(ActivationControl).complete(activationId, id);
      expect((await act('hold', MISTAKE).expect(200)).body.status).toBe('held');
      expect(await sendingStatus()).toBe('held');
      await act('release').expect(200);
      expect((await act('stop', MISTAKE).expect(200)).body.status).toBe('stopped');
    });

    it('stops it for good, and says so to the partner', async () => {
      const { owner, path, act, sendingStatus } = await runner();
      expect((await act('stop', MISTAKE).expect(200)).body).toMatchObject({
        status: 'stopped',
        vendorAct: { kind: 'stopped', ...MISTAKE },
      });
      expect(await sendingStatus()).toBe('stopped');
      const { body } = await owner.get(path).expect(200);
      expect(body).toMatchObject({ status: 'stopped', vendorAct: { kind: 'stopped', ...MISTAKE } });
      await mailed('%has stopped “%');
      for (const verb of ['hold', 'release', 'stop'])
        expect((await act(verb, verb === 'release' ? undefined : MISTAKE).expect(409)).body.code).toBe(
          'activation.over-for-vendor',
        );
    });

    it('needs a reason, and an activation of the campaign', async () => {
      const { act, activationId } = await runner();
      expect((await act('hold', { reason: ' ' }).expect(422)).body.problems).toMatchObject([{ field: 'reason' }]);
      const { campaignId } = await published();
      const other = `/api/v1/campaigns/${campaignId}/activations/${activationId}/stop`;
      expect((await stage.vendor.editor.post(other, MISTAKE).expect(404)).body.code).toBe('activation.not-found');
    });
  });
}
