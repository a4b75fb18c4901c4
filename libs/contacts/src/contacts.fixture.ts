import { ConfigModule, readConfig } from '#config';
import { Database } from '#database';
import { newId, type PartnerActor, type PartnerId, systemActor } from '#kernel';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { ContactsModule } from './contacts.module.js';

const strangers: PartnerId[] = [];

/**
 * A partner that no other test of this file uses.
 * Call it after `createContactsHouse`.
 */
export function aPartner(overrides: Partial<PartnerActor> = {}): PartnerActor {
  const partnerId = strangers.pop();
  if (partnerId === undefined) throw new Error('No partner is left: make more of them in createContactsHouse.');
  return { kind: 'partner', partnerId, role: 'owner', userId: newId(), apiKeyId: null, name: 'Olivia', ...overrides };
}

/** The contacts lib on its own database, with some hundred partners. */
export async function createContactsServices(
  environment: Record<string, string> = {},
  poolSize?: number,
): Promise<TestModule> {
  const config = ConfigModule.forRoot(readConfig({ SECRET_KEY: 'a key for tests, of 32 characters', ...environment }));
  const house = await createTestModule([config, ContactsModule], [], poolSize);
  const database = house.app.get(Database);
  strangers.push(...Array.from({ length: 300 }, () => newId<PartnerId>()));
  await database.inTransaction(systemActor('test'), () =>
    database.query(
      `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
       SELECT id, 'partner', 'Partner', 'partner-' || id, 'DE', 'Europe/Berlin', now() FROM unnest($1::uuid[]) id`,
      [strangers],
    ),
  );
  return house;
}
