import { ActivationDetail, DatesView, OfferDetail, SlotTextsView } from '#contracts';
import { MINUTE_MS } from '#kernel';
import { openForSuite, owner, stage } from '../support/suite-product.js';

const DELAY_MS = 5 * MINUTE_MS;

describe('a launch that waits before its first e-mail', () => {
  openForSuite();
  beforeAll(async () => {
    await owner.put('/api/v1/sending/launch-delay', { minutes: 5 }).expect(200);
  });

  const detail = async (path: string): Promise<ActivationDetail> =>
    ActivationDetail.parse((await owner.get(path).expect(200)).body);

  it('says before and after the launch when the first e-mail goes out, and sends it then', async () => {
    const { body } = await owner.post(`/api/v1/offers/${stage.campaign.versionId}/dates`, {}).expect(200);
    const asked = stage.api.clock.now().getTime();
    const promised = DatesView.parse(body).steps.find(({ kind }) => kind === 'email')?.at ?? '';
    expect(Math.abs(new Date(promised).getTime() - asked - DELAY_MS)).toBeLessThan(10_000);
    const { path, email } = await stage.running();
    const { launchedAt, startAt, nextAt, asOf, steps } = await detail(path);
    expect(new Date(startAt).getTime() - new Date(launchedAt).getTime()).toBe(DELAY_MS);
    expect(nextAt === null || nextAt === startAt).toBe(true);
    expect(new Date(asOf).getTime()).toBeGreaterThanOrEqual(new Date(launchedAt).getTime());
    expect(steps).toEqual([]);
    stage.api.clock.advance(DELAY_MS);
    const [mail] = await stage.mailTo(email);
    expect(mail!.date!.getTime()).toBeGreaterThanOrEqual(new Date(startAt).getTime() - 1_000);
  });

  it('says who it is from, and sends the texts that any device of the partner wrote', async () => {
    const offer = `/api/v1/offers/${stage.campaign.versionId}`;
    const { body } = await owner.get(offer).expect(200);
    const { sender, slots } = OfferDetail.parse(body);
    expect(sender).toEqual({
      name: expect.stringContaining('Brightwater IT'),
      address: expect.stringContaining('@'),
      replyTo: expect.stringContaining('@'),
    });
    const [first, second] = slots.map(({ name }) => name);
    await owner.put(`${offer}/texts/en`, { texts: { [first!]: 'From the desk' } }).expect(200);
    await owner.put(`${offer}/texts/en`, { texts: { [second!]: 'From the phone' } }).expect(200);
    const stored = SlotTextsView.parse((await owner.get(`${offer}/texts`).expect(200)).body);
    expect(stored.texts['en']).toEqual({ [first!]: 'From the desk', [second!]: 'From the phone' });
    for (const [path, field] of [
      ['en', 'texts.nowhere'],
      ['xx', 'locale'],
    ] as const) {
      const refused = await owner.put(`${offer}/texts/${path}`, { texts: { nowhere: 'x' } }).expect(422);
      expect(refused.body).toMatchObject({ code: 'slot-texts.unknown', field });
    }
  });

  it('is undone until then, also if the answer was lost and the request is repeated', async () => {
    const { path } = await stage.running();
    for (const _ of ['first', 'repeated'])
      expect((await owner.post(`${path}/stop`, { onlyIfUnsent: true }).expect(200)).body.status).toBe('stopped');
    const { status, nextAt, waiting } = await detail(path);
    expect({ status, nextAt, waiting }).toEqual({ status: 'stopped', nextAt: null, waiting: 0 });
  });

  it('has a delay of 0 to 60 minutes, which each partner sets', async () => {
    const { body } = await owner.put('/api/v1/sending/launch-delay', { minutes: 61 }).expect(422);
    expect(body.problems ?? [body]).toEqual(expect.arrayContaining([expect.objectContaining({ field: 'minutes' })]));
    await owner.put('/api/v1/sending/launch-delay', { minutes: 0 }).expect(200);
    const { path, email } = await stage.running();
    await stage.mailTo(email);
    const { launchedAt, startAt } = await detail(path);
    expect(startAt).toBe(launchedAt);
    await owner.put('/api/v1/sending/launch-delay', { minutes: 5 }).expect(200);
    expect((await owner.get('/api/v1/sending/launch-delay').expect(200)).body).toEqual({ minutes: 5, standard: 0 });
    const { body: log } = await owner.get('/api/v1/audit-entries?limit=10').expect(200);
    expect(log.items).toContainEqual(
      expect.objectContaining({ action: 'launch-delay.changed', details: { minutes: 0 } }),
    );
  });
});
