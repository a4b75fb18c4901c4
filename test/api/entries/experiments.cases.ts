import { Clicks } from '#engagement';
import { owner, stage } from '../../support/suite-product.js';
import { until } from '../../support/until.js';
import { aCampaign, contactIdOf, enrolmentsOf, post, reasonsOf, WINDOW } from './entries.js';

const BROWSER = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';

/** Hold-outs and tests. */
export function experimentsCases(): void {
  describe('of a campaign with a hold-out and a test', () => {
    const PEOPLE = 60;
    const tested = (holdOut: object) => ({
      window: WINDOW,
      ...holdOut,
      entries: [
        { key: 'list', launch: true, start: 'welcome' },
        { key: 'answer', form: 'any', start: 'thanks' },
      ],
      steps: [
        { key: 'welcome', email: 'welcome', test: ['proof'], next: 'end' },
        { key: 'thanks', email: 'workshop' },
      ],
    });
    const everybody = () =>
      stage.aList(
        owner,
        Array.from({ length: PEOPLE }, () => ({})),
      );

    it('says before the launch what so many contacts can show, by the rule that decides', async () => {
      const smallest = async (query: string): Promise<number | null> =>
        (await owner.get(`/api/v1/experiment-power?people=5000&basePercent=10&${query}`).expect(200)).body.smallest;
      expect(await smallest('arms=2')).toBeCloseTo(0.025, 3);
      expect(await smallest('arms=4')).toBeCloseTo(0.042, 3);
      expect(await smallest('arms=2&over=programme')).toBeCloseTo(0.064, 3);
      expect(await smallest('percent=0.5&over=programme')).toBeNull();
      const { body } = await owner.get('/api/v1/experiment-power?people=5000&basePercent=10').expect(422);
      expect(body).toMatchObject({ code: 'request.invalid', field: 'percent' });
    });

    it('draws who gets nothing, says so once, and answers them nevertheless', async () => {
      const { versionId } = await aCampaign(tested({ holdOut: { percent: 20 } }));
      const { id: listId, emails } = await everybody();
      expect((await owner.get(`/api/v1/offers/${versionId}`).expect(200)).body).toMatchObject({
        holdOutPercent: 20,
        test: { of: 'email', arms: 2 },
      });
      const audience = `/api/v1/offers/${versionId}/audience?listId=${listId}`;
      const { body: counted } = await owner.get(audience).expect(200);
      const { body: all } = await owner.get(`${audience}&withoutHoldOut=true`).expect(200);
      expect(all).toMatchObject({ willGet: PEOPLE, skipped: [] });
      const held = PEOPLE - (counted.willGet as number);
      expect(held).toBeGreaterThan(0);
      expect(counted.skipped).toEqual([
        { reason: 'held-out', sentence: expect.stringMatching(/^Hold-out/), count: held },
      ]);

      const { body: launched } = await stage.launch(owner, { versionId, listId }).expect(201);
      const path = `/api/v1/activations/${launched.id}`;
      const reasons = new Map<string, string[]>();
      const readReasons = async (): Promise<void> => {
        for (const email of emails) reasons.set(email, await reasonsOf(email));
      };
      await until(async () => {
        await readReasons();
        return [...reasons.values()].flat().length === held;
      }, 'the enrolment');
      const heldOut = emails.filter((email) => reasons.get(email)?.length === 1);
      expect(heldOut.map((email) => reasons.get(email))).toEqual(heldOut.map(() => ['list held-out']));
      const written = emails.filter((email) => !heldOut.includes(email));
      for (const email of written) await stage.mailTo(email);
      await stage.booked();
      for (const email of heldOut) {
        expect(stage.mails.to(email)).toEqual([]);
        expect(await enrolmentsOf(email)).toEqual([]);
      }
      const detail = (await owner.get(path).expect(200)).body;
      expect(detail.reasons).toMatchObject([{ reason: 'held-out', count: held }]);

      // Who asks for something is answered, and is a lead of the hold-out.
      await post(new URL(detail.pageUrl).pathname, heldOut[0]!).expect(200);
      await stage.mailTo(heldOut[0]!);
      const { body } = await owner.get(`${path}/experiments`).expect(200);
      expect(body.holdOut).toMatchObject({
        percent: 20,
        written: { people: written.length, leads: 0 },
        heldOut: { people: held, leads: 1 },
        verdict: 'open',
      });
      expect(body.holdOut.difference.estimate).toBeCloseTo(-1 / held, 6);
      // Each got one of the two e-mails, and its seal was verified before it was sent.
      const arms = (body.test.arms as { arm: string; people: number }[]).map(({ arm, people }) => [arm, people]);
      const sent = await stage.api.asOwner<{ emailKey: string; n: number; receipts: number }>(
        `SELECT m.email_key AS "emailKey", count(*)::int AS n, count(r.subject_id)::int AS receipts
         FROM delivery.message m LEFT JOIN seal.receipt r ON r.subject_kind = 'message' AND r.subject_id = m.id
         WHERE m.activation_id = $1 AND m.step_key = 'welcome' GROUP BY 1 ORDER BY 1 DESC`,
        [launched.id],
      );
      expect(sent.map(({ emailKey, n }) => [emailKey, n])).toEqual(arms);
      expect(sent.map(({ receipts }) => receipts)).toEqual(sent.map(({ n }) => n));
      expect(arms.map(([email]) => email)).toEqual(['welcome', 'proof']);
      expect(arms.reduce((sum, [, people]) => sum + (people as number), 0)).toBe(written.length);
      expect(Math.min(...arms.map(([, people]) => people as number))).toBeGreaterThan(0);

      // A launch that refuses the hold-out writes to all who got nothing; the others got it before.
      const { body: again } = await stage
        .launch(owner, { versionId, listId, choices: { withoutHoldOut: true } })
        .expect(201);
      for (const email of heldOut.slice(1)) await stage.mailTo(email);
      const later = await owner.get(`/api/v1/activations/${again.id}/experiments`).expect(200);
      expect(later.body.holdOut).toMatchObject({ percent: 0, heldOut: { people: 0 } });
    });

    it('gives the e-mail that the vendor applies to who enters from then on', async () => {
      const { campaignId, versionId } = await aCampaign(tested({}));
      const path = `/api/v1/campaigns/${campaignId}/versions/1/test-winner`;
      const { editor } = stage.vendor;
      const { body: refused } = await editor.put(path, { arm: 'last-call' }).expect(422);
      expect(refused).toMatchObject({ code: 'test.arm-unknown' });
      await editor.put(path, { arm: 'proof' }).expect(200);
      const { id: listId, emails } = await stage.aList(
        owner,
        Array.from({ length: 12 }, () => ({})),
      );
      const { body: launched } = await stage.launch(owner, { versionId, listId }).expect(201);
      for (const email of emails) await stage.mailTo(email);
      await stage.booked();
      const sent = await stage.api.asOwner(
        'SELECT DISTINCT email_key, variant FROM delivery.message WHERE activation_id = $1',
        [launched.id],
      );
      expect(sent).toEqual([{ email_key: 'proof', variant: 'en' }]);
      const { body: own } = await owner.get(`/api/v1/activations/${launched.id}/experiments`).expect(200);
      expect(own.test).toMatchObject({ winner: 'proof', arms: [{ people: 0 }, { people: 0 }] });
      const { body: ofVendor } = await editor.get(`/api/v1/campaigns/${campaignId}/experiments`).expect(200);
      expect(ofVendor).toMatchObject({
        version: 1,
        holdOut: null,
        test: {
          winner: { arm: 'proof' },
          arms: [
            { arm: 'welcome', sent: null },
            { arm: 'proof', sent: null },
          ],
        },
      });
      await editor.put(path, { arm: null }).expect(200);
      const { body: entries } = await stage.vendor.approver.get('/api/v1/audit-entries?limit=5').expect(200);
      expect(entries.items.map(({ action }: { action: string }) => action)).toEqual(
        expect.arrayContaining(['campaign-version.test-decided', 'campaign-version.test-resumed']),
      );
    });

    it('counts a click on a page of the campaign as the results do', async () => {
      const { versionId } = await aCampaign(tested({}));
      const { id: listId, emails } = await stage.aList(owner, [{}, {}]);
      const { body: launched } = await stage.launch(owner, { versionId, listId }).expect(201);
      for (const email of emails) await stage.mailTo(email);
      await stage.booked();
      const path = `/api/v1/activations/${launched.id}`;
      // Whichever link is the first one, it leads to a page of ours, which a browser opens.
      await stage.api.asOwner('UPDATE engagement.link_target SET is_ours = true WHERE activation_id = $1', [
        launched.id,
      ]);
      stage.api.clock.advance(60_000);
      const [link = ''] = /\/l\/[\w-]+/.exec(stage.mails.to(emails[0]!)[0]!.html as string) ?? [];
      await stage.api.http.get(link).set('User-Agent', BROWSER).expect(302);
      await stage.api.app.get(Clicks).flushed();
      await stage.api.asOwner(
        `INSERT INTO engagement.click_opened (interaction_id, at) SELECT id, at FROM engagement.interaction
         WHERE activation_id = $1 AND kind = 'click' ON CONFLICT DO NOTHING`,
        [launched.id],
      );
      const { body: results } = await owner.get(`/api/v1/insight${path.replace('/api/v1', '')}`).expect(200);
      expect(results).toMatchObject({ clicked: 1, numbers: { clicks: 1 } });
      const { body } = await owner.get(`${path}/experiments`).expect(200);
      const clicked = (body.test.arms as { clicked: number }[]).map((arm) => arm.clicked);
      expect(clicked.sort()).toEqual([0, 1]);
    });

    it('is in the file of each person, with what was drawn', async () => {
      const { versionId } = await aCampaign(tested({}));
      const { id: listId, emails } = await stage.aList(owner, [{}]);
      const { body: launched } = await stage.launch(owner, { versionId, listId }).expect(201);
      await stage.mailTo(emails[0]!);
      await stage.booked();
      const { body } = await owner.get(`/api/v1/contacts/${await contactIdOf(emails[0]!)}/data-export`).expect(200);
      const [test] = body.tests as { testArm: string }[];
      expect(test).toMatchObject({ activationId: launched.id, version: 1 });
      expect(['welcome', 'proof']).toContain(test?.testArm);
      expect(body.messages).toMatchObject([{ step: 'welcome', testArm: test?.testArm }]);
    });

    it('holds the same people out at another partner', async () => {
      const { versionId } = await aCampaign(tested({ holdOut: { percent: 20 } }));
      const other = await stage.aCompletePartner();
      const { id: listId, emails } = await everybody();
      const same = await stage.aList(
        other.owner,
        emails.map((email) => ({ email })),
      );
      const startAt = stage.inDays(30);
      await stage.launch(owner, { versionId, listId, startAt }).expect(201);
      await stage.launch(other.owner, { versionId, listId: same.id, startAt }).expect(201);
      const decided = `SELECT 1 FROM activations.activation WHERE version_id = $1 AND enrolled_at IS NOT NULL`;
      await until(async () => (await stage.api.asOwner(decided, [versionId])).length === 2, 'both enrolments');
      const reasons = await Promise.all(emails.map(reasonsOf));
      expect(reasons.filter(({ length }) => length > 0).length).toBeGreaterThan(0);
      for (const both of reasons) expect([[], ['list held-out', 'list held-out']]).toContainEqual(both);
    });
  });
}
