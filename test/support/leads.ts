import { LeadView } from '#contracts';
import type { Browser } from './api.js';
import type { TestProduct } from './test-product.js';

const PROSPECT = { firstName: 'Vera', lastName: 'Buyer', company: 'Prospects Ltd', consent: 'yes' };

/**
 * A prospect sends the form of a campaign's page.
 * @param by reads the leads of the page's partner.
 * @returns the prospect's lead.
 */
export async function sendForm(
  { api }: TestProduct,
  by: Browser,
  pagePath: string,
  answers: { readonly email: string } & Readonly<Record<string, string>>,
): Promise<LeadView> {
  await api.http
    .post(`${pagePath}/form`)
    .type('form')
    .send({ ...PROSPECT, ...answers })
    .expect(200);
  const { body } = await by.get('/api/v1/leads?limit=50').expect(200);
  return LeadView.parse((body.items as { email: string }[]).find(({ email }) => email === answers.email));
}
