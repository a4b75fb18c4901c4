import { ActivationDetail, ContactLists, Offers } from '#contracts';
import type { Person } from '../journeys/person.js';
import { CAMPAIGN } from './results.js';

/**
 * Launches a campaign with a landing page to the partner's usual list.
 * @param startAt of its first e-mails; absent: now.
 * @returns the path of the page.
 */
export async function launchedPage(partner: Person, startAt?: Date): Promise<string> {
  const { items: offers } = await partner.call('offers', Offers);
  const { items: lists } = await partner.call('contact-lists', ContactLists);
  const { pageUrl } = await partner.call('activations', ActivationDetail, {
    method: 'POST',
    json: {
      versionId: offers.find(({ title }) => title === CAMPAIGN)?.versionId,
      listId: lists.find(({ isDefault }) => isDefault)?.id,
      locale: 'en',
      ...(startAt === undefined ? {} : { startAt: startAt.toISOString() }),
    },
    headers: { 'idempotency-key': 'launched-page' },
  });
  return new URL(pageUrl).pathname;
}
