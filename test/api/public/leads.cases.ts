import { newId } from '#kernel';
import { http, owner, stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';

/** A lead on its way. */
export function leadsCases(): void {
  describe('a lead', () => {
    const aLead = async (): Promise<{ id: string; path: string }> => {
      const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
      const email = `lead${unique()}@prospect.example`;
      await http.post(`${pagePath}/form`).type('form').send({ email, consent: 'yes' }).expect(200);
      const { body } = await owner.get('/api/v1/leads?limit=1').expect(200);
      expect(body.items[0]).toMatchObject({ email, name: email, status: 'new' });
      return { id: body.items[0].id, path: `/api/v1/leads/${body.items[0].id}` };
    };

    it('is accepted, worked on and won, and then stands', async () => {
      const { path } = await aLead();
      for (const status of ['accepted', 'working', 'won'])
        expect((await owner.patch(path, { status }).expect(200)).body).toMatchObject({ status });
      const { body } = await owner.patch(path, { status: 'lost' }).expect(409);
      expect(body).toMatchObject({ code: 'lead.state', field: 'status' });
    });

    it('skips no step on its way, and has no others', async () => {
      const { path } = await aLead();
      await owner.patch(path, { status: 'won' }).expect(409);
      await owner.patch(path, { status: 'sold' }).expect(422);
      await owner.patch(`/api/v1/leads/${newId()}`, { status: 'lost' }).expect(404);
    });

    it('that was lost can be taken up again', async () => {
      const { path } = await aLead();
      await owner.patch(path, { status: 'lost' }).expect(200);
      await owner.patch(path, { status: 'working' }).expect(200);
    });

    it('is in the list, newest first, page by page', async () => {
      const made = [await aLead(), await aLead(), await aLead()].map(({ id }) => id);
      const first = (await owner.get('/api/v1/leads?limit=2').expect(200)).body;
      const second = (await owner.get(`/api/v1/leads?limit=2&cursor=${first.nextCursor}`).expect(200)).body;
      const ids = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
      expect(ids.slice(0, 3)).toEqual(made.reverse());
    });

    it('leaves a record, without saying who it is', async () => {
      const { id, path } = await aLead();
      await owner.patch(path, { status: 'accepted' }).expect(200);
      const { body } = await owner.get('/api/v1/audit-entries?limit=5').expect(200);
      expect(body.items).toContainEqual(expect.objectContaining({ action: 'lead.accepted', subjectId: id }));
      expect(JSON.stringify(body.items)).not.toContain('@prospect.example');
    });
  });
}
