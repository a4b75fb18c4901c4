import { ReturnAddresses, Returns } from '#engagement';
import { SystemMail } from '#identity';
import type { InvitationId } from '#kernel';
import { accept, anInvitation, api, lettersTo, line, marketer, tokens, vendor } from './invitations.js';

/** What becomes of its mail. */
export function mailsCases(): void {
  it('knows what became of its mail, and a void one is not mailed any more', async () => {
    const { id, email } = await anInvitation();
    const mail = api.app.get(SystemMail);
    const [letter] = await lettersTo(email);
    const refused = mail.deliver(letter!.id, () => Promise.reject(new Error('550 No such person')));
    await expect(refused).rejects.toThrow('550');
    expect((await line(id)).invitation).toMatchObject({ mail: 'refused', refusal: '550 No such person' });
    await mail.deliver(letter!.id, () => Promise.resolve({ kind: 'accepted' }));
    expect((await line(id)).invitation).toMatchObject({ mail: 'submitted', refusal: null });
    await marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(202);
    const [second] = await lettersTo(email);
    await marketer.post(`/api/v1/partners/${id}/invitation`, {}).expect(202);
    const sent: unknown[] = [];
    for (const { id: mailId } of await lettersTo(email))
      await mail.deliver(mailId, (message) => {
        sent.push(message);
        return Promise.resolve({ kind: 'accepted' });
      });
    expect(second).toBeDefined();
    expect(sent).toHaveLength(1);
    expect(await lettersTo(email)).toEqual([]);
  });

  describe('whose mail comes back', () => {
    const returnsOf = async (email: string): Promise<{ id: InvitationId; recipient: string }> => {
      const [open] = await api.asOwner<{ id: InvitationId }>(
        'SELECT id FROM identity.invitation WHERE email = $1 ORDER BY created_at DESC LIMIT 1',
        [email],
      );
      return {
        id: open!.id,
        recipient: api.app.get(ReturnAddresses, { strict: false }).invitationReturnPath(open!.id),
      };
    };
    const report = (status: string, said: string, action = 'failed'): Buffer =>
      Buffer.from(
        [
          'From: MAILER-DAEMON@mx.example',
          'Subject: Undelivered Mail Returned to Sender',
          'MIME-Version: 1.0',
          'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
          '',
          '--b',
          'Content-Type: text/plain',
          '',
          said,
          '--b',
          'Content-Type: message/delivery-status',
          '',
          'Reporting-MTA: dns; mx.example',
          '',
          `Action: ${action}`,
          `Status: ${status}`,
          `Diagnostic-Code: smtp; 550 ${status} ${said}`,
          '',
          '--b--',
          '',
        ].join('\r\n'),
      );
    const comesBack = (recipient: string, raw: Buffer): Promise<string> =>
      api.app.get(Returns, { strict: false }).receive({ from: '', recipient, raw });

    it('says so where it is pending, with why and without an address, until it is sent again', async () => {
      const { id, email } = await anInvitation();
      const { recipient } = await returnsOf(email);
      expect(await api.app.get(Returns, { strict: false }).accepts(recipient)).toBe(true);
      const raw = report('5.1.1', `<${email}>: no such person here`);
      for (let n = 0; n < 2; n++) await comesBack(recipient, raw);
      const { invitation } = await line(id);
      expect(invitation).toMatchObject({ mail: 'bounced', refusal: expect.stringContaining('5.1.1') });
      expect(invitation.refusal).toContain('no such person here');
      expect(invitation.refusal).not.toContain(email);
      const owner = await api.signIn(vendor.vendorId, 'owner');
      const { body } = await owner.get('/api/v1/audit-entries?limit=5').expect(200);
      const told = body.items.filter(({ action }: { action: string }) => action === 'invitation.bounced');
      expect(told).toHaveLength(1);
      await marketer.post(`/api/v1/partners/${id}/invitation`, { email: 'better@example.com' }).expect(202);
      expect((await line(id)).invitation).toMatchObject({ email: 'better@example.com', mail: 'on-its-way' });
    });

    it('is left as it is by a delay, by whoever made the address up, and by what came back after it was accepted', async () => {
      const { id, email } = await anInvitation();
      const { recipient } = await returnsOf(email);
      await comesBack(recipient, report('4.4.1', 'still trying', 'delayed'));
      const forged = recipient.replace(/-[0-9a-f]{16}@/, '-0123456789abcdef@');
      expect(await api.app.get(Returns, { strict: false }).accepts(forged)).toBe(false);
      await comesBack(forged, report('5.1.1', 'no such person here'));
      expect((await line(id)).invitation.mail).toBe('on-its-way');
      await accept((await tokens(email))[0]!).expect(200);
      await comesBack(recipient, report('5.1.1', 'no such person here'));
      expect(await line(id)).toMatchObject({ status: 'active', invitation: null });
    });
  });
}
