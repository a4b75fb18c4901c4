import { PASSWORD } from '../../support/api.js';
import { unique } from '../../support/unique.js';
import { accept, anInvitation, api, lettersTo, line, marketer, tokens, vendor } from './invitations.js';

/** Names that mislead, acceptance and withdrawal. */
export function answersCases(): void {
  it.each([
    ['a sentence with a link', 'Your account was hacked: go to https://evil.example/login now'],
    ['a second line', 'Brightwater\r\nBcc: everybody@example.com'],
    ['a hidden direction', 'Brightwater\u202eTI'],
    ['letters that look like others', 'Brightwаter IT'],
  ])('is refused with %s as the name of the partner, which the mail shows', async (_, organisationName) => {
    const email = `named-${unique()}@example.com`;
    const facts = { organisationName, email, countryCode: 'GB', tier: 'gold', region: 'emea' };
    const { body } = await marketer.post('/api/v1/partners/invitations', facts).expect(422);
    expect(body).toMatchObject({ code: 'organisation.name-invalid', field: 'organisationName' });
    expect(await lettersTo(email)).toEqual([]);
  });

  it('is accepted by nobody under a name that misleads, and stays open', async () => {
    const { email } = await anInvitation();
    const [token] = await tokens(email);
    const answer = { name: 'See www.evil.example', password: PASSWORD, sharesTotals: false };
    const { body } = await api.http.post(`/api/v1/invitations/${token}/accept`).send(answer).expect(422);
    expect(body).toMatchObject({ code: 'account.name-invalid', field: 'name' });
    await accept(token!).expect(200);
  });

  it('is withdrawn, after which its link leads nowhere and the partner has left', async () => {
    const { id, email } = await anInvitation();
    await marketer.delete(`/api/v1/partners/${id}/invitation`).expect(204);
    await accept((await tokens(email))[0]!).expect(410);
    expect(await line(id)).toMatchObject({ status: 'ended', invitation: null });
    await marketer.delete(`/api/v1/partners/${id}/invitation`).expect(409);
    const owner = await api.signIn(vendor.vendorId, 'owner');
    const { body } = await owner.get('/api/v1/audit-entries?limit=10').expect(200);
    const actions = body.items.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(expect.arrayContaining(['membership.withdrawn', 'invitation.voided']));
  });

  it('cannot be accepted and withdrawn both, whoever comes first', async () => {
    const { id, email } = await anInvitation();
    const [token] = await tokens(email);
    const [accepted, withdrawn] = await Promise.all([
      accept(token!),
      marketer.delete(`/api/v1/partners/${id}/invitation`),
    ]);
    expect([`${accepted.status} ${withdrawn.status}`]).toEqual([expect.stringMatching(/^(?:200 409|410 204)$/)]);
    expect((await line(id)).status).toBe(accepted.status === 200 ? 'active' : 'ended');
  });

  it('is accepted as a whole or not at all, so that its link works again after an error', async () => {
    const { id, email } = await anInvitation();
    const [token] = await tokens(email);
    await api.asOwner(
      `CREATE FUNCTION organisations.fail_in_test() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$;
       CREATE TRIGGER fail_in_test BEFORE UPDATE ON organisations.membership
         FOR EACH ROW EXECUTE FUNCTION organisations.fail_in_test()`,
    );
    await accept(token!).expect(500);
    await api.asOwner('DROP FUNCTION organisations.fail_in_test CASCADE');
    expect((await line(id)).status).toBe('invited');
    await accept(token!).expect(200);
    expect((await line(id)).status).toBe('active');
  });
}
