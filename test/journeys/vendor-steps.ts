import { join } from 'node:path';
import { Campaigns, CampaignVersionCard, CampaignVersionDetail, CreatedApiKey, PartnerGroupView } from '#contracts';
import { DAY_MS } from '#kernel';
import type { Journey } from './journey.js';
import { zipFolder } from './journey-package.js';
import { Person, upload } from './person.js';
import { ServerProcess } from './processes.js';

/** A vendor uploads a campaign and publishes it. */
export function describeVendorSteps(on: () => Journey): void {
  it('answers a package with mistakes with all of them, each in its place', async () => {
    const { folder, campaigns, marketer } = on();
    const zip = await zipFolder(join(folder, campaigns.main), {
      'campaign.yaml': (text) => text.replace('theme:', 'themes:').replace('emails/proof.mjml', 'emails/gone.mjml'),
      'emails/welcome.mjml': (text) => text.replace('<mj-body', '<script>alert(1)</script><mj-body'),
    });
    const problem = await marketer.refusal('campaigns', { method: 'POST', form: upload('package', zip, 'edge.zip') });
    expect(problem).toMatchObject({ status: 422, code: 'package.unusable' });
    const found = (problem.problems ?? []).map(({ code, file, line }) => `${file} ${code} ${typeof line}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'campaign.yaml field-unknown number',
        'campaign.yaml file-missing number',
        expect.stringMatching(/^emails\/welcome\.mjml .* number$/),
      ]),
    );
    expect((await marketer.call('campaigns', Campaigns)).items.map(({ name }) => name)).not.toContain(campaigns.main);
  });

  it('takes a package from the command line and shows what is in it', async () => {
    const journey = on();
    const { folder, campaigns, marketer, scene, url } = journey;
    const owner = await Person.signIn(url, scene.vendor.owner, scene.vendor.password);
    const json = { name: 'Authoring', role: 'marketer', permissions: ['campaigns.read', 'campaigns.edit'] };
    const { key } = await owner.call('api-keys', CreatedApiKey, { method: 'POST', json });
    const push = ServerProcess.start('cli', ['push', join(folder, campaigns.main), '--url', url], {
      THROUGHLINE_API_KEY: key,
    });
    expect(await push.ended).toBe(0);
    expect(push.output).toContain(`Version 1 of ${campaigns.main} is a draft now`);
    const path = `${await journey.campaignPath(campaigns.main)}/versions/1`;
    const version = await marketer.call(path, CampaignVersionDetail);
    expect(version).toMatchObject({ status: 'draft', number: 1, locales: ['en', 'de'] });
    expect(version.tactics).toMatchObject({
      pages: [{ key: 'landing' }],
      documents: [{ key: 'brochure' }],
      social: [{ key: 'announce' }, { key: 'proof' }, { key: 'workshop' }],
    });
    expect(version.slots.map(({ name }) => name)).toContain('intro');
    const emails = version.sequence.steps.flatMap(({ kind, about }) =>
      kind === 'email' && about !== null ? [about] : [],
    );
    expect(emails).toEqual(expect.arrayContaining(['welcome', ...scene.later.map(({ email }) => email)]));
    journey.subjects = new Map(version.tactics.emails.map((email) => [email.key, email.subject['en'] ?? '']));
  });

  it('publishes what another person has approved to a group made by a rule, for a time', async () => {
    const journey = on();
    const { folder, campaigns, marketer, scene, url } = journey;
    const approver = await Person.signIn(url, scene.vendor.approver, scene.vendor.password);
    const rule = { tiers: ['platinum'], regions: ['emea'] };
    const group = { method: 'POST' as const, json: { name: 'Platinum in Europe', rule } };
    const { id: groupId } = await marketer.call('partner-groups', PartnerGroupView, group);
    const form = upload('package', await zipFolder(join(folder, campaigns.canary)), 'canary.zip');
    await marketer.call('campaigns', CampaignVersionCard, { method: 'POST', form });
    const today = (await scene.installation.now()).getTime();
    const day = (later: number): string => new Date(today + later * DAY_MS).toISOString().slice(0, 10);
    const availability = { partnerGroupIds: [groupId], opensOn: day(0), closesOn: day(90) };
    for (const which of ['main', 'canary'] as const) {
      const path = `${await journey.campaignPath(campaigns[which])}/versions/1`;
      await marketer.call(`${path}/submit`, CampaignVersionCard, { method: 'POST' });
      expect(await marketer.refusal(`${path}/approve`, { method: 'POST' })).toMatchObject({ status: 403 });
      await approver.call(`${path}/approve`, CampaignVersionCard, { method: 'POST' });
      const publish = { method: 'POST' as const, json: availability };
      const version = await marketer.call(`${path}/publish`, CampaignVersionCard, publish);
      expect(version).toMatchObject({ status: 'published', number: 1, ...availability });
      expect(await marketer.refusal(`${path}/publish`, publish)).toMatchObject({ status: 409 });
      journey.versionIds[which] = version.id;
    }
  });
}
