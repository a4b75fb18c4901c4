import { AttributionTable, DealView, LeadView, PartnerInsight } from '#contracts';
import { sendForm } from '../../support/leads.js';
import { owner, stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';

export const EUR = (minorUnits: number) => ({ minorUnits, currency: 'EUR' });
export const aLead = async (): Promise<LeadView> => {
  const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
  return sendForm(stage, owner, pagePath, { email: `buyer${unique()}@prospect.example` });
};
export const save = async (lead: LeadView, change: object): Promise<DealView> =>
  DealView.parse((await owner.patch(`/api/v1/leads/${lead.id}/deal`, change).expect(200)).body);
export const statusOf = async ({ id }: LeadView): Promise<string> =>
  LeadView.parse((await owner.get(`/api/v1/leads/${id}`).expect(200)).body).status;
export const insight = async (): Promise<PartnerInsight> =>
  PartnerInsight.parse((await owner.get('/api/v1/insight').expect(200)).body);
export const wonOf = ({ money }: PartnerInsight): number =>
  money.won.find(({ currency }) => currency === 'EUR')?.minorUnits ?? 0;
export const attribution = async (): Promise<AttributionTable> =>
  AttributionTable.parse((await owner.get('/api/v1/insight/attribution').expect(200)).body);
