import { DAY_MS } from '#kernel';
import { accept, anInvitation, api, counts, line, marketer, tokens } from './invitations.js';

/** What the vendor sees of its invitations. */
export function overviewCases(): void {
  it('is shown with who sent it, to whom, and until when, as long as nobody has accepted it', async () => {
    const { id, email } = await anInvitation();
    const { invitation } = await line(id);
    expect(invitation).toEqual({
      email,
      language: 'en',
      sentBy: 'marketer person',
      sentAt: expect.any(String),
      expiresAt: new Date(Date.parse(invitation.sentAt) + 14 * DAY_MS).toISOString(),
      hasExpired: false,
      mail: 'on-its-way',
      refusal: null,
    });
    await accept((await tokens(email))[0]!).expect(200);
    expect(await line(id)).toMatchObject({ status: 'active', invitation: null, hasLaunched: false, hasBrand: false });
  });

  it('of one vendor is nobody else’s, nor are those that a partner sends itself', async () => {
    const { id, email } = await anInvitation();
    await accept((await tokens(email))[0]!).expect(200);
    const owner = await api.signIn(id as never, 'owner');
    await owner.post('/api/v1/team/invitations', { email: 'colleague@example.com', role: 'marketer' }).expect(202);
    const { text } = await marketer.get('/api/v1/partners?limit=200').expect(200);
    expect(text).not.toContain('colleague@example.com');
  });

  it('counts with its partner by how far that is', async () => {
    const before = await counts();
    const { email } = await anInvitation();
    expect(await counts()).toEqual({ ...before, invited: before['invited']! + 1 });
    await accept((await tokens(email))[0]!).expect(200);
    expect(await counts()).toEqual({ ...before, accepted: before['accepted']! + 1 });
    for (const progress of ['invited', 'accepted', 'launched', 'ended']) {
      const { body } = await marketer.get(`/api/v1/partners?limit=200&progress=${progress}`).expect(200);
      expect(body.items).toHaveLength((await counts())[progress]!);
    }
    await marketer.get('/api/v1/partners?progress=asleep').expect(422);
  });
}
