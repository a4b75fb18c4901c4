import { DAY_MS } from '#kernel';
import { accept, anInvitation, api, line, marketer, signInAgain, tokens, vendor } from './invitations.js';

/** Sent again. */
export function resendingCases(): void {
  it('is sent again with a new link, and the one before leads nowhere', async () => {
    const { id, email } = await anInvitation();
    await marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(202);
    const [before, after] = await tokens(email);
    await accept(before!).expect(410);
    await accept(after!).expect(200);
    const { body } = await marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(409);
    expect(body.code).toBe('invitation.not-pending');
  });

  it('is sent to another address where the first was wrong, also when it has expired', async () => {
    const { id } = await anInvitation();
    api.clock.advance(15 * DAY_MS);
    expect((await line(id)).invitation.hasExpired).toBe(true);
    await signInAgain();
    await marketer.post(`/api/v1/partners/${id}/invitation`, { email: 'right@example.com' }).expect(202);
    expect((await line(id)).invitation).toMatchObject({ email: 'right@example.com', hasExpired: false });
    await accept((await tokens('right@example.com'))[0]!).expect(200);
  });

  it('needs an address where none was ever sent', async () => {
    const id = await api.aPartner(vendor, { joined: false });
    expect((await line(id)).invitation).toBeNull();
    const { body } = await marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(422);
    expect(body).toMatchObject({ code: 'invitation.address-missing', field: 'email' });
  });

  it('leaves one open link, however many send it again at once', async () => {
    const { id, email } = await anInvitation();
    await Promise.all([1, 2, 3, 4].map(() => marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(202)));
    const answers = await Promise.all(
      (await tokens(email)).map(async (token) => (await api.http.get(`/api/v1/invitations/${token}`)).status),
    );
    expect(answers.filter((status) => status === 200)).toHaveLength(1);
    expect(answers).toHaveLength(5);
  });

  it('is sent five times in a day and no sixth time, and the refusal says when it may', async () => {
    const { id } = await anInvitation();
    for (let n = 0; n < 4; n++) await marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(202);
    const before = (await line(id)).invitation;
    const { body } = await marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(429);
    expect(body.code).toBe('invitation.too-many');
    const retryAt = Date.parse(body.details.retryAt as string);
    expect(body.detail).toContain(body.details.retryAt);
    expect((await line(id)).invitation).toEqual(before);
    api.clock.advance(retryAt - api.clock.now().getTime() + 1_000);
    await signInAgain();
    await marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(202);
  });
}
