import { anInvitation, api, counts, factsOf, lettersTo, marketer } from './invitations.js';

/** More than one to the same address. */
export function repetitionsCases(): void {
  describe('asked for more than once', () => {
    const withKey = (key: string, body: object) =>
      marketer.post('/api/v1/partners/invitations', body).set('Idempotency-Key', key);

    it('is refused while one to the address is open, however it is written, and not once that is withdrawn', async () => {
      const { id, email } = await anInvitation();
      const before = await counts();
      const { body } = await marketer.post('/api/v1/partners/invitations', factsOf(email.toUpperCase())).expect(409);
      expect(body).toMatchObject({ code: 'invitation.address-invited', field: 'email' });
      expect(body.detail).toContain('Send it again from the list of partners');
      expect(await counts()).toEqual(before);
      expect(await lettersTo(email)).toHaveLength(1);
      await marketer.delete(`/api/v1/partners/${id}/invitation`).expect(204);
      await marketer.post('/api/v1/partners/invitations', factsOf(email)).expect(201);
    });

    it('is no matter of another vendor’s', async () => {
      const { email } = await anInvitation();
      const other = await api.signIn((await api.aVendor()).vendorId, 'marketer');
      await other.post('/api/v1/partners/invitations', factsOf(email)).expect(201);
    });

    it('makes one partner of many at once to the same address', async () => {
      const before = await counts();
      const many = [1, 2, 3, 4].map(() =>
        marketer.post('/api/v1/partners/invitations', factsOf('at-once@example.com')),
      );
      const answers = (await Promise.all(many)).map(({ status }) => status).sort();
      expect(answers).toEqual([201, 409, 409, 409]);
      expect((await counts())['invited']).toBe(before['invited']! + 1);
    });

    it('with the same key is one partner and one letter, also at once, and another with it is refused', async () => {
      const body = factsOf('with-a-key@example.com');
      const answers = await Promise.all([1, 2, 3].map(() => withKey('row-1', body).expect(201)));
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
      expect(await lettersTo(body.email)).toHaveLength(1);
      const reused = await withKey('row-1', factsOf('somebody-else@example.com')).expect(409);
      expect(reused.body).toMatchObject({ code: 'invitation.key-reused', field: 'Idempotency-Key' });
      expect(await lettersTo('somebody-else@example.com')).toEqual([]);
      const empty = await withKey(' ', factsOf('somebody-else@example.com')).expect(422);
      expect(empty.body.code).toBe('invitation.key-invalid');
    });
  });
}
