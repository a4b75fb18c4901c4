import { DisclosedLeads, DisclosureView, LeadHistory, LeadView } from '#contracts';
import { sendForm } from '../../support/leads.js';
import { owner, stage } from '../../support/suite-product.js';
import { unique } from '../../support/unique.js';

export const send = (pagePath: string, email: string, message = 'Call me.'): Promise<LeadView> =>
  sendForm(stage, owner, pagePath, { email, lastName: 'Visitor', message });
export const aLead = async (): Promise<LeadView> => {
  const { pagePath } = await stage.running(owner, { startAt: stage.inDays(1) });
  return send(pagePath, `visitor${unique()}@prospect.example`);
};
export const change = async (id: string, body: object, status = 200): Promise<object> =>
  (await owner.patch(`/api/v1/leads/${id}`, body).expect(status)).body;
export const historyOf = async (id: string): Promise<LeadHistory['items']> =>
  LeadHistory.parse((await owner.get(`/api/v1/leads/${id}/history`).expect(200)).body).items;
export const disclose = async (
  id: string,
  body: object = { fields: ['name', 'company'], purpose: 'A quote for 40 seats' },
): Promise<DisclosureView> =>
  DisclosureView.parse((await owner.post(`/api/v1/leads/${id}/disclosures`, body).expect(201)).body);
export const vendorSees = async (): Promise<ReturnType<typeof DisclosedLeads.parse>['items']> =>
  DisclosedLeads.parse((await stage.vendor.editor.get('/api/v1/disclosed-leads?limit=100').expect(200)).body).items;
