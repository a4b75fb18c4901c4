import { ConfigModule, readConfig } from '#config';
import { newId, type PartnerActor, type PartnerId } from '#kernel';

/** Somebody of a partner of its own. */
export const aPartner = (overrides: Partial<PartnerActor> = {}): PartnerActor => ({
  kind: 'partner',
  partnerId: newId<PartnerId>(),
  role: 'owner',
  userId: newId(),
  apiKeyId: null,
  name: 'Olivia',
  ...overrides,
});

export const testConfig = ConfigModule.forRoot(readConfig({ SECRET_KEY: 'a key for tests, of 32 characters' }));
