import { DealImportView } from '#contracts';
import { owner } from '../../support/suite-product.js';
import { aLead, EUR, statusOf } from './deals.js';

/** Its number, and lists of deals. */
export function importsCases(): void {
  it('is one of two at most that take a number at the same moment', async () => {
    for (let round = 0; round < 4; round += 1) {
      const leads = [await aLead(), await aLead()];
      const answers = await Promise.all(
        leads.map(({ id }) => owner.patch(`/api/v1/leads/${id}/deal`, { externalId: `CRM-2${round}` })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'deal.external-id' });
    }
  });

  it('is refused or added, and never an error, while a list and single changes take the same numbers', async () => {
    for (let round = 0; round < 3; round += 1) {
      const [one, other] = [await aLead(), await aLead()];
      const deals = [
        { externalId: `CRM-4${round}`, email: other.email },
        { externalId: `CRM-5${round}`, email: one.email },
      ];
      const [list, ...changes] = await Promise.all([
        owner.post('/api/v1/deals/upsert', { deals }),
        owner.patch(`/api/v1/leads/${one.id}/deal`, { externalId: `CRM-4${round}` }),
        owner.patch(`/api/v1/leads/${other.id}/deal`, { externalId: `CRM-5${round}` }),
      ]);
      expect(list.status).toBe(200);
      for (const { status, body } of changes)
        if (status !== 200) expect([status, body.code]).toEqual([409, 'deal.external-id']);
    }
  });

  it('is added once by two equal lists that come at the same moment', async () => {
    const { email } = await aLead();
    const deals = [{ externalId: 'CRM-30', email, stage: 'won', amount: EUR(7000) }];
    const answers = await Promise.all([0, 1].map(() => owner.post('/api/v1/deals/upsert', { deals }).expect(200)));
    const outcomes = answers.map(({ body }) => DealImportView.parse(body).rows[0]?.outcome).sort();
    expect(outcomes).toEqual(['new', 'unchanged']);
  });

  it('is imported by its number, once, and follows the file afterwards', async () => {
    const lead = await aLead();
    const csv = (stageOf: string) =>
      Buffer.from(
        `External ID,E-mail,Stage,Amount,Currency\nCRM-7,${lead.email},${stageOf},"1,500.50",EUR\nCRM-8,no@one.example,won,1,EUR\n`,
      );
    const send = async (path: string, file: Buffer, basedOn = ''): Promise<DealImportView> => {
      const upload = owner.post(`/api/v1/deals/import${path}`).attach('file', file, 'deals.csv');
      const { body } = await (basedOn === '' ? upload : upload.field('basedOn', basedOn)).expect(200);
      return DealImportView.parse(body);
    };
    const preview = await send('/preview', csv('proposal'));
    expect(preview).toMatchObject({ counts: { new: 1, refused: 1 }, rows: [{ ofLead: true }, {}] });
    expect(preview.rows[1]?.faults).toMatchObject([{ reason: 'contact-unknown' }]);
    await send('', csv('proposal'), preview.version);
    expect(await statusOf(lead)).toBe('working');
    expect((await send('', csv('proposal'))).counts).toMatchObject({ new: 0, changed: 0, unchanged: 1 });
    expect((await send('', csv('won'))).rows[0]).toMatchObject({ outcome: 'changed', changes: ['stage', 'closedOn'] });
    expect(await statusOf(lead)).toBe('won');
    const other = await aLead();
    const { body } = await owner.patch(`/api/v1/leads/${other.id}/deal`, { externalId: 'CRM-7' }).expect(409);
    expect(body).toMatchObject({ code: 'deal.external-id' });
  });
}
