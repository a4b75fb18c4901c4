import {
  ActivationDetail,
  Assets,
  AudienceView,
  CampaignDetail,
  ContactHistory,
  ContactPage,
  Offers,
  VendorActivations,
} from '#contracts';
import { HOUR_MS } from '#kernel';
import { until } from '../support/until.js';
import type { ReceivedMail } from './installation.js';
import type { Journey } from './journey.js';

/** The effects of a launch, and its end. */
export function describeSendingSteps(on: () => Journey): void {
  it('sends the first mail in the name of the partner to all contacts', async () => {
    const journey = on();
    const { customers } = journey;
    await journey.untilArrived('welcome', customers);
    expect(await journey.arrivals('welcome', customers)).toEqual(customers.map(() => 1));
    const mail = await journey.mailOf('welcome', customers[1] ?? '');
    expect(mail.from).toContain('Quayside IT');
    expect(mail.html).toContain('We are your neighbours at the quay.');
    expect(mail.html).toContain('#7a1fa2');
    expect(mail.text).toContain('We are your neighbours at the quay.');
    expect(mail.text).toContain('Hello Cora,');
    expect(mail.header('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    expect(remedy(mail)).toContain(`${journey.url}/u/`);
    const pictures = [...mail.html.matchAll(/<img[^>]+src="([^"]+)"/g)].map(([, src = '']) => src);
    expect(pictures.length).toBeGreaterThan(1);
    for (const picture of pictures) expect([picture, (await fetch(picture)).status]).toEqual([picture, 200]);
  });

  it('lets a contact unsubscribe by one click', async () => {
    const journey = on();
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    const mail = await journey.mailOf('welcome', journey.customers[0] ?? '');
    expect((await fetch(remedy(mail), { method: 'POST', body })).status).toBe(200);
    const { listId } = await journey.activation(journey.activationId);
    const path = `offers/${journey.versionIds.main}/audience?listId=${listId}`;
    const audience = await journey.partner.call(path, AudienceView);
    expect(audience.willGet).toBe(0);
    expect(audience.skipped.map(({ reason, count }) => [reason, count]).sort()).toEqual([
      ['already-got', 9],
      ['unsubscribed', 1],
    ]);
  });

  it('goes on with the later mails of the sequence, without those who have left', async () => {
    const journey = on();
    const [leaver = '', ...staying] = journey.customers;
    const { later, installation } = journey.scene;
    for (const { afterHours, email } of later) {
      const now = (await installation.now()).getTime();
      await journey.untilSettled();
      if (afterHours > 0) await installation.reach(new Date(now + (afterHours + 1) * HOUR_MS));
      await journey.untilArrived(email, staying);
      expect(await journey.arrivals(email, staying)).toEqual(staying.map(() => 1));
      if (afterHours > 0) expect(await journey.arrivals(email, [leaver])).toEqual([0]);
    }
    const { items } = await journey.partner.call(`contacts?q=${encodeURIComponent(leaver)}`, ContactPage);
    const history = await journey.partner.call(`contacts/${items[0]?.id ?? ''}/history`, ContactHistory);
    const decisions = history.items.map(({ outcome, reason }) => `${outcome}: ${reason}`).sort();
    // Without a wait, the second mail may arrive before the click.
    const [second] = await journey.arrivals(later[0]?.email ?? '', [leaver]);
    const skipped = decisions.filter((decision) => decision === 'skipped: unsubscribed');
    expect(decisions).toEqual([...(second === 1 ? ['sent: sent', 'sent: sent'] : ['sent: sent']), ...skipped]);
    // Then the third one is skipped, if it was waiting already.
    expect(skipped.length).toBeLessThanOrEqual(1);
    if (second === 0) expect(skipped).toHaveLength(1);
  });

  it('gives the partner its documents, posts and landing page', async () => {
    const journey = on();
    const { partner, activationId } = journey;
    const path = `activations/${activationId}/assets`;
    const all = async () => (await partner.call(path, Assets)).items;
    await until(async () => (await all()).length >= 20, 'the co-branded assets');
    const assets = await all();
    expect(assets.filter(({ kind }) => kind === 'document')).toHaveLength(2);
    expect(assets.filter(({ kind }) => kind === 'social')).toHaveLength(18);
    for (const { id, kind, mediaType } of assets) {
      const { type, content } = await partner.bytes(`${path}/${id}`);
      expect(type).toBe(mediaType);
      expect(content.subarray(0, 2).toString('latin1')).toBe(kind === 'document' ? '%P' : '\xff\xd8');
    }
    const { pageUrl } = await journey.activation(activationId);
    const page = await fetch(pageUrl);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Quayside IT')]);
    const brochure = await fetch(`${pageUrl}/documents/brochure.pdf`);
    expect([brochure.status, brochure.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  });

  it('sends nothing while it is held, goes on when it is resumed, and ends when it is stopped', async () => {
    const journey = on();
    const { partner } = journey;
    const people = ['held1@meridian-foods.example', 'held2@meridian-foods.example'];
    const { id, startAt } = await journey.launchAhead('Held', people, 'second-launch-of-quayside');
    const order = (verb: string) => partner.call(`activations/${id}/${verb}`, ActivationDetail, { method: 'POST' });
    expect((await order('hold')).status).toBe('held');
    await journey.pass(startAt);
    expect(await journey.arrivals('welcome', people)).toEqual([0, 0]);
    expect((await order('resume')).status).toBe('active');
    await journey.untilArrived('welcome', people);
    expect((await order('stop')).status).toBe('stopped');
    await until(async () => (await journey.activation(id)).waiting === 0, 'all contacts to have finished');
    expect(await journey.activation(id)).toMatchObject({ status: 'stopped', nextAt: null });
    expect(await partner.refusal(`activations/${id}/resume`, { method: 'POST' })).toMatchObject({ status: 409 });
    expect(await journey.arrivals('welcome', people)).toEqual([1, 1]);
  });

  it('sends nothing more once the vendor has retired the campaign', async () => {
    const journey = on();
    const { partner, marketer, campaigns } = journey;
    const versionId = journey.versionIds.main;
    const people = ['late1@atlas-bank.example', 'late2@atlas-bank.example'];
    const { id, startAt } = await journey.launchAhead('Late', people, 'third-launch-of-quayside');
    const path = await journey.campaignPath(campaigns.main);
    const { versions } = await marketer.call(`${path}/retire`, CampaignDetail, { method: 'POST' });
    expect(versions.map(({ status }) => status)).toEqual(['retired']);
    await until(async () => (await journey.activation(id)).status === 'stopped', 'the activation to stop');
    await journey.pass(startAt);
    expect(await journey.arrivals('welcome', people)).toEqual([0, 0]);
    const { listId } = await journey.activation(id);
    const launch = {
      method: 'POST' as const,
      json: { versionId, listId },
      headers: { 'idempotency-key': 'too-late-now' },
    };
    expect(await partner.refusal('activations', launch)).toMatchObject({ code: 'campaign.ended', status: 409 });
    expect((await partner.call('offers', Offers)).items.map((offer) => offer.versionId)).not.toContain(versionId);
    const seen = await marketer.call(`${path}/activations`, VendorActivations);
    expect(seen.items.filter(({ status }) => status === 'active')).toEqual([]);
    expect(JSON.stringify(seen)).not.toContain('@');
  });
}

/** The web address for one-click unsubscribe (RFC 8058). */
function remedy(mail: ReceivedMail): string {
  return /<(https?:[^>]+)>/.exec(mail.header('List-Unsubscribe') ?? '')?.[1] ?? '';
}
