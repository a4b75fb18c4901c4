import type { TestApi } from './api.js';
import type { TestPartner } from './test-product.js';

/**
 * Writes a list of customers, `p1@name.example` and so on, in one statement.
 * @returns its id.
 */
export async function aLargeList(api: TestApi, partner: TestPartner, people: number, name: string): Promise<string> {
  const { body } = await partner.owner.post('/api/v1/contact-lists', { name }).expect(201);
  const { id } = body as { id: string };
  await api.asOwner(
    `WITH made AS (
       INSERT INTO contacts.contact (id, partner_id, email, email_normalised, country, time_zone, created_at, updated_at)
       SELECT uuidv7(), $1, e, e, 'GB', 'Europe/London', now(), now() FROM generate_series(1, $3) n, LATERAL (SELECT 'p' || n || '@' || $4 || '.example' AS e) a RETURNING id),
     listed AS (INSERT INTO contacts.contact_list_member (list_id, contact_id, partner_id, added_at) SELECT $2, id, $1, now() FROM made)
     INSERT INTO contacts.consent_record (id, partner_id, contact_id, basis, source, recorded_at) SELECT uuidv7(), $1, id, 'customer', 'import', now() FROM made`,
    [partner.id, id, people, name],
  );
  return id;
}
