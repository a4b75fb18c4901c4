import { CampaignNews, VersionNotifications, Waves } from '#activations';
import { Halts } from '#delivery';
import { type CampaignId, systemActor } from '#kernel';
import { type ReleaseKind, Releases, resultSubject } from '#release';
import { publish, type UploadedVersion, wholeCampaign } from '../support/campaigns.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

describe('a published version', () => {
  let stage: TestProduct;
  let names = 0;
  let emptyGroupId: string;

  beforeAll(async () => {
    stage = await openTestProduct();
    const group = { name: 'Empty group', rule: { tiers: ['no such tier'] } };
    emptyGroupId = (await stage.vendor.editor.post('/api/v1/partner-groups', group).expect(201)).body.id;
  });
  beforeEach(async () => {
    stage.toWorkingHours();
    await quiet();
  });
  afterAll(() => stage.close());

  /** What other tests have left is told, and longer ago than a day. */
  const quiet = async (): Promise<void> => {
    for (const days of [2, 2]) {
      await told();
      stage.api.clock.advance(days * DAY_MS);
    }
    await told();
  };
  const published = async (partnerGroupIds: readonly string[], closesOn = stage.day(30)): Promise<UploadedVersion> =>
    publish(stage.vendor, await wholeCampaign(`extended-${names++}`), {
      partnerGroupIds,
      opensOn: stage.day(0),
      closesOn,
    });
  const extend = ({ path }: UploadedVersion, more: object) => stage.vendor.editor.post(`${path}/extend`, more);
  const isOffered = async ({ versionId }: UploadedVersion): Promise<boolean> => {
    const { body } = await stage.partner.owner.get('/api/v1/offers').expect(200);
    return (body.items as { versionId: string }[]).some((one) => one.versionId === versionId);
  };
  /** Subjects of what the partner Brightwater is told by now. */
  const told = async (): Promise<string[]> => {
    await stage.api.app.get(VersionNotifications, { strict: false }).notifyDue();
    await stage.api.app.get(CampaignNews, { strict: false }).notifyDue();
    const letters = await stage.api.asOwner<{ recipient: string; subject: string }>(
      'DELETE FROM identity.system_mail RETURNING recipient, subject',
    );
    return letters.filter(({ recipient }) => recipient === 'bea@brightwater.example').map(({ subject }) => subject);
  };
  const toldSoon = async (): Promise<string[]> => {
    const found: string[] = [];
    await until(async () => {
      stage.api.clock.advance(6 * MINUTE_MS);
      found.push(...(await told()));
      return found.length > 0;
    }, 'the mail');
    return found;
  };

  it('is offered to more groups: their partners can launch it and are told', async () => {
    const version = await published([emptyGroupId]);
    expect(await isOffered(version)).toBe(false);
    expect(await told()).toEqual([]);
    const { body } = await extend(version, { partnerGroupIds: [stage.vendor.groupId] }).expect(200);
    expect(new Set(body.partnerGroupIds)).toEqual(new Set([emptyGroupId, stage.vendor.groupId]));
    expect(await isOffered(version)).toBe(true);
    expect(await toldSoon()).toEqual([expect.stringMatching(/^New campaign from /)]);
    const { body: log } = await stage.vendor.approver.get('/api/v1/audit-entries?limit=1').expect(200);
    expect(log.items[0]).toMatchObject({ action: 'campaign-version.extended', details: { number: 1 } });
    expect(log.items[0].details.partnerGroups).toHaveLength(1);
  });

  it('is offered to single partners, who become a group', async () => {
    const version = await published([emptyGroupId]);
    const newGroup = { name: `Later ${names++}`, partnerIds: [stage.partner.id] };
    await extend(version, { newGroup }).expect(200);
    expect(await isOffered(version)).toBe(true);
    const other = await published([emptyGroupId]);
    const again = await extend(other, { newGroup }).expect(409);
    expect(again.body.code).toBe('partner-group.name-taken');
  });

  it('is not offered again to a partner that can launch it, and no group is made', async () => {
    const newGroup = { name: `Again ${names++}`, partnerIds: [stage.partner.id] };
    for (const groups of [[stage.vendor.groupId], []]) {
      const { body } = await extend(await published(groups), { newGroup }).expect(409);
      expect(body).toMatchObject({ code: 'campaign-version.offered-already', field: 'newGroup.partnerIds' });
      expect(body.detail).toContain('Brightwater');
    }
    const { body } = await stage.vendor.editor.get('/api/v1/partner-groups').expect(200);
    expect(body.items.map(({ name }: { name: string }) => name)).not.toContain(newGroup.name);
  });

  it('is offered for choice to partners outside its groups only', async () => {
    const listed = async (query: string): Promise<string[]> => {
      const { body } = await stage.vendor.editor.get(`/api/v1/partners?limit=200&${query}`).expect(200);
      return body.items.map(({ id }: { id: string }) => id);
    };
    const partners = await listed('');
    const { groupId } = stage.vendor;
    const inGroup = await stage.vendor.editor.get(`/api/v1/partner-groups/${groupId}/members`).expect(200);
    const members: string[] = inGroup.body.items.map(({ id }: { id: string }) => id);
    expect(members).toContain(stage.partner.id);
    const others = partners.filter((id) => !members.includes(id));
    expect(await listed(`outsideGroups=${emptyGroupId}`)).toEqual(partners);
    expect(await listed(`outsideGroups=${emptyGroupId},${groupId}`)).toEqual(others);
    for (const progress of ['launched', 'accepted']) {
      const shown = await listed(`progress=${progress}`);
      const outside = await listed(`progress=${progress}&outsideGroups=${groupId}`);
      expect(outside).toEqual(shown.filter((id) => others.includes(id)));
    }
    await stage.vendor.editor.get('/api/v1/partners?outsideGroups=gold').expect(422);
  });

  it('is offered to all partners instead of groups', async () => {
    const version = await published([emptyGroupId]);
    const { body } = await extend(version, { allPartners: true }).expect(200);
    expect(body.partnerGroupIds).toEqual([]);
    expect(await isOffered(version)).toBe(true);
  });

  it('has a later last day: partners that have not launched it are told once, others are not', async () => {
    const [version, other] = [await published([stage.vendor.groupId]), await published([stage.vendor.groupId])];
    expect(await toldSoon()).toEqual(['2 new campaigns for you']);
    await stage.running(stage.partner.owner, { versionId: other.versionId, startAt: stage.inDays(5) });
    for (const one of [version, other]) await extend(one, { closesOn: stage.day(60) }).expect(200);
    expect(await toldSoon()).toEqual([expect.stringMatching(/^You can launch “.+” until \d+ \w+ 20\d\d$/)]);
    const { body: news } = await stage.partner.owner.get('/api/v1/notifications').expect(200);
    expect(news.items).toContainEqual(
      expect.objectContaining({ event: 'campaign-extended', path: `/offers/${version.versionId}` }),
    );
    await extend(version, { closesOn: stage.day(60) }).expect(200);
    stage.api.clock.advance(2 * DAY_MS);
    expect(await told()).toEqual([]);
  });

  it('can be launched again after its last day was over', async () => {
    const version = await published([stage.vendor.groupId], stage.day(0));
    stage.api.clock.advance(3 * DAY_MS);
    expect(await isOffered(version)).toBe(false);
    await extend(version, { closesOn: stage.day(5) }).expect(200);
    expect(await isOffered(version)).toBe(true);
  });

  it('is not offered for fewer days, nor for days that are over', async () => {
    const version = await published([stage.vendor.groupId]);
    const { body } = await extend(version, { closesOn: stage.day(29) }).expect(422);
    expect(body).toMatchObject({ code: 'availability.shorter', field: 'closesOn' });
    expect(body.detail).toContain('stop new launches');
    const over = await published([stage.vendor.groupId], stage.day(0));
    stage.api.clock.advance(5 * DAY_MS);
    const late = await extend(over, { closesOn: stage.day(-1) }).expect(422);
    expect(late.body.code).toBe('availability.window-unusable');
  });

  it('is not extended once it is retired', async () => {
    const version = await published([stage.vendor.groupId]);
    await stage.vendor.editor.post(`/api/v1/campaigns/${version.campaignId}/retire`).expect(200);
    const { body } = await extend(version, { allPartners: true }).expect(409);
    expect(body.code).toBe('campaign-version.not-extendable');
  });

  describe('that opens in waves', () => {
    const wavesOf = ({ path }: UploadedVersion) => stage.vendor.editor.get(`${path}/waves`).expect(200);
    const plan = ({ path }: UploadedVersion, wave: object) => stage.vendor.editor.post(`${path}/waves`, wave);
    const openDue = () => stage.api.app.get(Waves, { strict: false }).openDue();
    const states = async (version: UploadedVersion): Promise<string[]> =>
      (await wavesOf(version)).body.items.map(({ state }: { state: string }) => state);
    const toGroup = (ahead: number, more: object = {}) => ({
      opensOn: stage.day(ahead),
      partnerGroupIds: [stage.vendor.groupId],
      ...more,
    });

    it('is offered to the partners of a wave from its day on, and stays what it is', async () => {
      const version = await published([emptyGroupId]);
      await plan(version, toGroup(1)).expect(200);
      await openDue();
      expect([await isOffered(version), await states(version)]).toEqual([false, ['planned']]);
      stage.api.clock.advance(DAY_MS);
      await openDue();
      expect([await isOffered(version), await states(version)]).toEqual([true, ['opened']]);
      const { body } = await stage.vendor.editor.get(version.path).expect(200);
      expect(body).toMatchObject({ status: 'published', number: 1 });
      const [{ id }] = (await wavesOf(version)).body.items;
      expect((await stage.vendor.editor.delete(`${version.path}/waves/${id}`).expect(409)).body.code).toBe(
        'wave.opened',
      );
    });

    it('is not offered while its waves are paused, nor by a wave that was removed', async () => {
      const version = await published([emptyGroupId]);
      await plan(version, toGroup(0)).expect(200);
      const pause = (isPaused: boolean) => stage.vendor.editor.post(`${version.path}/waves/pause`, { isPaused });
      await pause(true).expect(200);
      await openDue();
      expect([await isOffered(version), await states(version)]).toEqual([false, ['paused']]);
      // One that is planned meanwhile waits with the others.
      await plan(version, toGroup(0)).expect(200);
      expect(await states(version)).toEqual(['paused', 'paused']);
      const { body } = await pause(false).expect(200);
      for (const { id } of body.items) await stage.vendor.editor.delete(`${version.path}/waves/${id}`).expect(200);
      await openDue();
      expect([await isOffered(version), await states(version)]).toEqual([false, []]);
    });

    it('stays shut where its condition is not met, says why, and keeps later waves shut', async () => {
      const { id: stopped } = await stage.aCompletePartner();
      const halts = stage.api.app.get(Halts, { strict: false });
      const halt = {
        scope: 'partner',
        subjectId: stopped,
        reason: 'Too many complaints.',
        cause: 'complaints',
      } as const;
      const only = { name: `Only ${stopped}`, rule: { partnerIds: [stopped] } };
      const { body: group } = await stage.vendor.editor.post('/api/v1/partner-groups', only).expect(201);
      const version = await published([group.id]);
      await plan(version, toGroup(0, { mostStoppedPartners: 0 })).expect(200);
      await plan(version, { opensOn: stage.day(0), allPartners: true }).expect(200);
      await halts.halt(systemActor('test'), halt);
      await openDue();
      await openDue();
      expect([await isOffered(version), await states(version)]).toEqual([false, ['shut', 'planned']]);
      const { items } = (await wavesOf(version)).body;
      expect(items[0]).toMatchObject({ stoppedPartners: 1, mostStoppedPartners: 0 });
      const letters = await stage.api.asOwner<{ body_text: string }>(
        `DELETE FROM identity.system_mail WHERE subject LIKE 'A wave of %' RETURNING body_text`,
      );
      expect(letters[0]?.body_text).toContain('1 partner that can launch this version is stopped');
      await halts.lift(systemActor('test'), 'partner', stopped, ['complaints']);
      await stage.vendor.editor.post(`${version.path}/waves/${items[0].id}/open`).expect(200);
      expect(await isOffered(version)).toBe(true);
      await openDue();
      // The second was planned for the same day: it comes a day after the first.
      expect(await states(version)).toEqual(['opened', 'planned']);
      expect((await wavesOf(version)).body.items[1]).toMatchObject({ firstDay: stage.day(1) });
      stage.api.clock.advance(DAY_MS);
      await openDue();
      expect(await states(version)).toEqual(['opened', 'opened']);
    });

    it('opens with a rate that the released results show, and stays shut with one that they do not', async () => {
      const released = (version: UploadedVersion, kind: ReleaseKind, cell: string, value: number, day = 1) =>
        stage.api.app.get(Releases, { strict: false }).publish(systemActor('test'), {
          vendorId: stage.vendor.vendorId,
          kind,
          subject: resultSubject(version.campaignId as CampaignId, kind),
          asOf: new Date(`${stage.day(day)}T00:00:00Z`),
          readyAt: null,
          reservation: null,
          cells: [{ name: cell, value }],
          denominator: 1,
          sd: 12.5,
        });
      const condition = { mostPercent: { complained: 0.1 } };
      const [good, bad, unknown] = [
        await published([emptyGroupId]),
        await published([emptyGroupId]),
        await published([emptyGroupId]),
      ];
      for (const version of [good, bad]) await released(version, 'sent', 'sent', 400_000);
      await released(good, 'responses', 'complained', 0);
      await released(bad, 'responses', 'complained', 1_000);
      // Before the versions were published: of others.
      await released(good, 'responses', 'complained', 90_000, 0);
      await released(unknown, 'sent', 'sent', 400_000, 0);
      await released(unknown, 'responses', 'complained', 0, 0);
      for (const version of [good, bad, unknown]) await plan(version, toGroup(0, condition)).expect(200);
      await openDue();
      expect([await states(good), await states(bad), await states(unknown)]).toEqual([['opened'], ['shut'], ['shut']]);
      const [wave] = (await wavesOf(bad)).body.items;
      expect(wave).toMatchObject({ mostPercent: { complained: 0.1, bounced: null }, stoppedPartners: null });
      expect(wave.shutRate).toMatchObject({ rate: 'complained', most: 0.1 });
      expect(wave.shutRate.atMost).toBeGreaterThan(0.2);
      expect((await wavesOf(unknown)).body.items[0].shutRate).toEqual({
        rate: 'complained',
        most: 0.1,
        atMost: null,
        sent: 0,
      });
      const letters = await stage.api.asOwner<{ body_text: string }>(
        `DELETE FROM identity.system_mail WHERE subject LIKE 'A wave of %' RETURNING body_text`,
      );
      const texts = letters.map(({ body_text }) => body_text.replaceAll(/\s+/g, ' ')).join(' ');
      expect(texts).toContain('At most 0.1 % was allowed');
      expect(texts).toContain('have too few e-mails (0)');
    });

    it('opens no wave while partners cannot launch the version', async () => {
      const version = await published([emptyGroupId], stage.day(2));
      expect((await plan(version, toGroup(3)).expect(422)).body).toMatchObject({
        code: 'wave.after-window',
        field: 'opensOn',
      });
      await plan(version, toGroup(0)).expect(200);
      const launches = (verb: string) => stage.vendor.editor.post(`/api/v1/campaigns/${version.campaignId}/${verb}`);
      await launches('stop-launches').expect(200);
      await openDue();
      expect(await states(version)).toEqual(['planned']);
      const [wave] = (await wavesOf(version)).body.items;
      const opened = await stage.vendor.editor.post(`${version.path}/waves/${wave.id}/open`).expect(409);
      expect(opened.body.code).toBe('wave.not-launchable');
      await launches('allow-launches').expect(200);
      stage.api.clock.advance(3 * DAY_MS);
      await openDue();
      expect(await states(version)).toEqual(['planned']);
      await extend(version, { closesOn: stage.day(5) }).expect(200);
      await openDue();
      expect(await states(version)).toEqual(['opened']);
    });

    it('stays shut where it cannot be opened, tells the team, and keeps its groups from being deleted', async () => {
      const { body: group } = await stage.vendor.editor
        .post('/api/v1/partner-groups', { name: `Gone ${names++}`, rule: { tiers: ['gold'] } })
        .expect(201);
      const groupPath = `/api/v1/partner-groups/${group.id}`;
      const version = await published([emptyGroupId]);
      const { body: planned } = await plan(version, toGroup(0, { partnerGroupIds: [group.id] })).expect(200);
      for (const attempt of [stage.vendor.editor.delete(groupPath), stage.vendor.editor.post(`${groupPath}/archive`)])
        expect((await attempt.expect(409)).body.code).toBe('partner-group.in-use');
      // Nobody can delete it by the product: as if it had been deleted at the same moment.
      await stage.api.asOwner('DELETE FROM organisations.partner_group WHERE id = $1', [group.id]);
      expect(await openDue()).toBe(false);
      expect((await wavesOf(version)).body.items).toMatchObject([
        { state: 'shut', shutCode: 'partner-group.not-found', stoppedPartners: null },
      ]);
      const letters = await stage.api.asOwner<{ body_text: string }>(
        `DELETE FROM identity.system_mail WHERE subject LIKE 'A wave of %' RETURNING body_text`,
      );
      expect(letters[0]?.body_text).toContain('A partner group of it was deleted');
      await stage.vendor.editor.delete(`${version.path}/waves/${planned.items[0].id}`).expect(200);
    });

    it('takes a share of all partners, and a larger share has those of a smaller one', async () => {
      const version = await published([emptyGroupId]);
      for (const sharePercent of [30, 99]) await plan(version, { opensOn: stage.day(0), sharePercent }).expect(200);
      const planned = stage.day(0);
      await openDue();
      stage.api.clock.advance(DAY_MS);
      await openDue();
      const { body } = await stage.vendor.editor.get('/api/v1/partner-groups').expect(200);
      const chosen = (share: string): string[] =>
        body.items.find(({ name }: { name: string }) => name.startsWith(`Wave ${planned}: ${share} %`))?.rule
          .partnerIds ?? [];
      expect(await states(version)).toEqual(['opened', 'opened']);
      expect(chosen('30').length).toBeGreaterThan(0);
      expect(chosen('30').filter((id) => !chosen('99').includes(id))).toEqual([]);
    });

    it('is planned again after it was kept shut, and its share is widened once it has opened', async () => {
      const version = await published([emptyGroupId]);
      await plan(version, { opensOn: stage.day(0), sharePercent: 1, mostPercent: { bounced: 2 } }).expect(200);
      await openDue();
      const [{ id }] = (await wavesOf(version)).body.items;
      const change = (body: object) => stage.vendor.editor.post(`${version.path}/waves/${id}/plan`, body);
      expect(await states(version)).toEqual(['shut']);
      const { body } = await change({ opensOn: stage.day(2) }).expect(200);
      expect(body.items).toMatchObject([{ state: 'planned', opensOn: stage.day(2), shutRate: null, sharePercent: 1 }]);
      expect((await change({ opensOn: stage.day(90) }).expect(409)).body.code).toBe('wave.not-launchable');
      await stage.vendor.editor.post(`${version.path}/waves/${id}/open`).expect(200);
      expect((await change({ sharePercent: 1 }).expect(422)).body.code).toBe('wave.only-wider');
      await change({ sharePercent: 99 }).expect(200);
      expect((await wavesOf(version)).body.items).toMatchObject([{ state: 'opened', sharePercent: 99 }]);
      expect(await isOffered(version)).toBe(true);
      const { body: log } = await stage.vendor.approver.get('/api/v1/audit-entries?action=wave.widened').expect(200);
      expect(log.items[0].details).toMatchObject({ sharePercent: 99 });
    });

    it('is planned only for a version that is published, and not for all partners', async () => {
      const everyone = await published([]);
      expect((await plan(everyone, toGroup(0)).expect(409)).body.code).toBe('wave.offered-to-all');
      const version = await published([emptyGroupId]);
      expect((await plan(version, { opensOn: stage.day(0) }).expect(422)).body.code).toBe('wave.audience');
      expect((await plan(version, toGroup(-1)).expect(422)).body.code).toBe('wave.day-past');
    });
  });
});
