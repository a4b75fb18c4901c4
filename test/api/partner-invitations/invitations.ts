import { SchedulerModule } from '../../../apps/scheduler/src/scheduler.module.js';
import { type Browser, createTestApi, PASSWORD, type TestApi, type TestVendor } from '../../support/api.js';
import { unique } from '../../support/unique.js';

export let api: TestApi;
export let vendor: TestVendor;
export let marketer: Browser;

/** The product that all cases of a suite share. Called where the suite is described. */
export function openForInvitations(): void {
  beforeAll(async () => {
    api = await createTestApi({ with: [SchedulerModule] });
    vendor = await api.aVendor();
    await signInAgain();
  });
  afterAll(() => api.close());
}

/** For cases that move the clock past the end of a session. */
export async function signInAgain(): Promise<void> {
  marketer = await api.signIn(vendor.vendorId, 'marketer');
}

/** What a vendor says of a partner that it invites. */
export const factsOf = (email?: string) => {
  const n = unique();
  return {
    organisationName: `Partner ${n}`,
    email: email ?? `first-${n}@example.com`,
    countryCode: 'GB',
    tier: 'gold',
    region: 'emea',
  };
};
export const anInvitation = async (): Promise<{ id: string; email: string }> => {
  const facts = factsOf();
  const { body } = await marketer.post('/api/v1/partners/invitations', facts).expect(201);
  return { id: body.id, email: facts.email };
};
export const lettersTo = (email: string): Promise<{ id: string; body_text: string }[]> =>
  api.asOwner(
    `SELECT set_config('throughline.system', 'on', false), id, body_text FROM identity.system_mail WHERE recipient = $1 ORDER BY id`,
    [email],
  );
export const tokens = async (email: string): Promise<string[]> =>
  (await lettersTo(email)).map(({ body_text }) => /\/invitation\/([\w-]+)/.exec(body_text)![1]!);
export const accept = (token: string) =>
  api.http
    .post(`/api/v1/invitations/${token}/accept`)
    .send({ name: 'Olivia', password: PASSWORD, sharesTotals: false });
export const line = async (id: string) => {
  const { body } = await marketer.get('/api/v1/partners?limit=200').expect(200);
  return body.items.find((partner: { id: string }) => partner.id === id);
};
export const counts = async (): Promise<Record<string, number>> =>
  (await marketer.get('/api/v1/partners/progress').expect(200)).body;
