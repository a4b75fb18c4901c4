import { ActivationDetail, ContactImport, Offers } from '#contracts';
import { until } from '../support/until.js';
import { type Person, upload } from './person.js';

const PEOPLE = 2_400;

/** So many that their mails take a while: something can happen in the middle. */
export const readers = Array.from({ length: PEOPLE }, (_, at) => `reader${at}@polar-energy.example`);

/** Imports the readers for a partner and launches its security campaign to them. @returns the activation's id. */
export async function launchToReaders(partner: Person): Promise<string> {
  const form = upload('file', Buffer.from(`email\n${readers.join('\n')}\n`), 'readers.csv', {
    listName: 'Readers',
    consentBasis: 'customer',
  });
  const { id: importId, listId } = await partner.call('contact-imports', ContactImport, { method: 'POST', form });
  await until(async () => (await partner.call(`contact-imports/${importId}`, ContactImport)).status === 'completed');
  const { items } = await partner.call('offers', Offers);
  const versionId = items.find(({ theme }) => theme === 'security')?.versionId;
  const { id } = await partner.call('activations', ActivationDetail, {
    method: 'POST',
    json: { versionId, listId },
    headers: { 'idempotency-key': 'launch-to-readers' },
  });
  return id;
}
