import { Database } from '#database';
import { WaitingInvitations } from '#identity';
import { unique } from '../../support/unique.js';
import { anInvitation, api, factsOf, lettersTo, line, marketer } from './invitations.js';

/** From lists of partners. */
export function listsCases(): void {
  describe('from a list', () => {
    const newcomers = (count: number) =>
      Array.from({ length: count }, () => {
        const n = unique();
        const email = `listed-${n}@example.com`;
        return { ...factsOf(email), externalId: `L-${n}`, organisationName: `Listed ${n}` };
      });
    const upsert = (list: object[], more: object = {}) =>
      marketer.post('/api/v1/partners/upsert', { partners: list, ...more });
    const sendDue = () => api.app.get(WaitingInvitations).sendDue();

    it('goes out once, however often the list is imported and by however many processes', async () => {
      const other = await api.signIn((await api.aVendor('Fabrikam')).vendorId, 'marketer');
      const list = newcomers(25);
      const [first] = list;
      const { body: dry } = await upsert(list, { dryRun: true }).expect(200);
      expect(dry.counts).toEqual({ new: 25, changed: 0, unchanged: 0, refused: 0 });
      expect(await lettersTo(first!.email)).toEqual([]);
      const { body: again } = await other.post('/api/v1/partners/upsert', { partners: list, dryRun: true }).expect(200);
      expect(again.version).not.toBe(dry.version);
      const stale = await other.post('/api/v1/partners/upsert', { partners: list, basedOn: dry.version }).expect(412);
      expect(stale.body.code).toBe('partner-import.stale');
      await other.post('/api/v1/partners/upsert', { partners: list }).expect(200);
      await Promise.all([sendDue(), sendDue()]);
      const { body: unchanged } = await other.post('/api/v1/partners/upsert', { partners: list }).expect(200);
      expect(unchanged.counts).toEqual({ new: 0, changed: 0, unchanged: 25, refused: 0 });
      await sendDue();
      const sent = async (): Promise<number[]> =>
        Promise.all(list.map(async ({ email }) => (await lettersTo(email)).length));
      expect(await sent()).toEqual(list.map(() => 1));
      await sendDue();
      expect(await sent()).toEqual(list.map(() => 1));
    });

    it('is one partner’s alone, also while it waits, and says why one is not sent', async () => {
      const { vendorId } = await api.aVendor('Tailspin');
      const other = await api.signIn(vendorId, 'marketer');
      const [one, two, third] = newcomers(3);
      await other.post('/api/v1/partners/upsert', { partners: [one, two] }).expect(200);
      const { externalId: _, ...again } = { ...third!, email: one!.email.toUpperCase() };
      const refused = { code: 'invitation.address-invited' };
      expect((await other.post('/api/v1/partners/invitations', again).expect(409)).body).toMatchObject(refused);
      const { organisationName, email } = again;
      const { body: alike } = await other.post('/api/v1/partners/duplicates', { organisationName, email }).expect(200);
      expect(alike.items).toMatchObject([{ name: one!.organisationName, same: ['address'] }]);
      const person = { role: 'marketer', userId: null, apiKeyId: null, name: 'Maya' } as const;
      const database = api.app.get(Database);
      const sameAddress = 'UPDATE identity.waiting_invitation SET email = $1 WHERE vendor_id = $2 AND email = $3';
      await database.inTransaction({ kind: 'vendor', vendorId, ...person }, () =>
        database.query(sameAddress, [one!.email, vendorId, two!.email]),
      );
      await sendDue();
      await sendDue();
      expect(await lettersTo(one!.email)).toEqual([]);
      const lines = async (): Promise<{ id: string }[]> => (await other.get('/api/v1/partners').expect(200)).body.items;
      const said = { isInvitationWaiting: false, invitationRefusal: refused.code };
      expect(await lines()).toMatchObject([said, said]);
      const [, last] = await lines();
      await other.post(`/api/v1/partners/${last!.id}/invitation`, { email: one!.email }).expect(409);
      await other.post(`/api/v1/partners/${last!.id}/invitation`, { email: two!.email }).expect(202);
      expect(await lettersTo(two!.email)).toHaveLength(1);
    });

    it('changes known partners by their external id, in the file of a spreadsheet too', async () => {
      const [one] = newcomers(1);
      const { id } = await anInvitation();
      await marketer.patch(`/api/v1/partners/${id}`, { externalId: `-${one!.externalId}` }).expect(200);
      const file = Buffer.from(
        `\uFEFFExterne ID;Stufe;Gebiet;Fax\r\n'-${one!.externalId};Silber;DACH;0711\r\n;;;\r\nX-404;Silber;DACH;\r\n`,
      );
      const uploaded = (path: string) => marketer.post(path).attach('file', file, 'p.csv');
      const { body: preview } = await uploaded('/api/v1/partners/import/preview').expect(200);
      expect(preview).toMatchObject({
        counts: { new: 0, changed: 1, unchanged: 0, refused: 1 },
        ignoredColumns: ['Fax'],
        rows: [
          {
            line: 2,
            partnerId: id,
            changes: [{ field: 'tier', before: 'gold', after: 'Silber' }, { field: 'region' }],
          },
          {
            line: 4,
            outcome: 'refused',
            faults: expect.arrayContaining([{ reason: 'missing', field: 'email', value: '', otherLine: null }]),
          },
        ],
      });
      expect(await line(id)).toMatchObject({ tier: 'gold' });
      await uploaded('/api/v1/partners/import').expect(200);
      expect(await line(id)).toMatchObject({ tier: 'Silber', region: 'DACH', externalId: `-${one!.externalId}` });
    });
  });

  describe('from a list, withdrawn before it is sent', () => {
    it('leaves its external id, name and address to the next one', async () => {
      const { vendorId } = await api.aVendor('Adventure');
      const other = await api.signIn(vendorId, 'marketer');
      const one = {
        externalId: 'W-1',
        organisationName: 'Withdrawn Ltd',
        email: 'withdrawn@example.com',
        countryCode: 'GB',
        tier: 'gold',
        region: 'emea',
      };
      const imported = async (): Promise<{ counts: { new: number } }> =>
        (await other.post('/api/v1/partners/upsert', { partners: [one] }).expect(200)).body;
      await imported();
      const { body } = await other.get('/api/v1/partners').expect(200);
      await other.delete(`/api/v1/partners/${body.items[0].id}/invitation`).expect(204);
      expect(await imported()).toMatchObject({ counts: { new: 1, refused: 0 } });
      await api.app.get(WaitingInvitations).sendDue();
      expect(await lettersTo(one.email)).toHaveLength(1);
    });
  });
}
