import { PasswordResets } from '#identity';
import { Database } from '#database';
import { type Browser, createTestApi, type TestApi } from '../support/api.js';

/**
 * Whoever asks about an address that nobody has costs the same work as about
 * one that somebody has.
 */
describe('what nobody may learn by asking', () => {
  let api: TestApi;
  let person: Browser;
  let statements: string[] | null = null;

  beforeAll(async () => {
    api = await createTestApi();
    const { vendorId } = await api.aVendor();
    person = await api.signIn(vendorId, 'owner');
    const database = api.app.get(Database);
    const query = database.query.bind(database);
    // Only listens: what is asked of PostgreSQL goes on as it is.
    database.query = (sql, parameters) => {
      statements?.push(sql);
      return query(sql, parameters);
    };
  });
  afterAll(() => api.close());

  /**
   * What a request asks of the tables of people; other parts of the process are
   * at work, too.
   */
  const workOf = async (path: string, body: object, status: number): Promise<{ asked: string[]; text: string }> => {
    statements = [];
    const { text } = await api.http.post(path).send(body).expect(status);
    const asked = statements.filter((sql) => sql.includes('identity.'));
    statements = null;
    // Every answer names its request.
    return { asked, text: text.replace(/"requestId":"[^"]+"/, '') };
  };
  const doors: [name: string, path: string, body: object, status: number][] = [
    ['a new password', '/api/v1/password-resets', {}, 202],
    ['signing in', '/api/v1/session', { password: 'certainly not the right one' }, 401],
  ];

  it.each(doors)('is who has an account, by %s', async (_, path, body, status) => {
    const known = await workOf(path, { ...body, email: person.email }, status);
    const unknown = await workOf(path, { ...body, email: 'nobody@nowhere.example' }, status);
    expect(known.asked.length).toBeGreaterThan(0);
    expect(unknown).toEqual(known);
  });

  it('is not told by the time that a new password takes', async () => {
    const took = { known: [] as number[], unknown: [] as number[] };
    for (let n = 0; n < 40; n++)
      for (const [who, email] of [
        ['known', person.email],
        ['unknown', `nobody${n}@nowhere.example`],
      ] as const) {
        const began = performance.now();
        await api.http.post('/api/v1/password-resets').send({ email }).expect(202);
        took[who].push(performance.now() - began);
      }
    const [known, unknown] = [median(took.known), median(took.unknown)];
    process.stdout.write(`new password: median ${known.toFixed(1)} ms known, ${unknown.toFixed(1)} ms unknown\n`);
    expect(Math.abs(known - unknown)).toBeLessThan(Math.max(10, 0.5 * Math.min(known, unknown)));
  });

  it('is looked up behind, and mailed to whom there is', async () => {
    const before = await api.asOwner('SELECT 1 FROM identity.system_mail');
    const [asked] = await api.asOwner<{ id: string }>(
      'SELECT id FROM identity.password_reset_request WHERE email = $1 LIMIT 1',
      [person.email],
    );
    await api.app.get(PasswordResets).start(asked!.id);
    const mails = await api.asOwner<{ recipient: string }>('SELECT recipient FROM identity.system_mail ORDER BY id');
    expect(mails.slice(before.length)).toEqual([{ recipient: person.email }]);
  });
});

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
