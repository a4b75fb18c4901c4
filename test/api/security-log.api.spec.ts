import { Logger } from '@nestjs/common';
import { StructuredLogger } from '../../libs/platform/src/logger.service.js';
import { createTestApi, PASSWORD, type TestApi, type TestVendor } from '../support/api.js';
import { until } from '../support/until.js';

interface Line {
  readonly level: number;
  readonly event?: string;
  readonly msg: string;
  readonly user?: string;
  readonly client?: string;
  readonly session?: string;
  readonly requestId?: string;
}

describe('the log of sign-ins and refusals', () => {
  let api: TestApi;
  let vendor: TestVendor;
  const lines: string[] = [];
  const events = (event: string): Line[] =>
    lines.map((line) => JSON.parse(line) as Line).filter((line) => line.event === event);

  beforeAll(async () => {
    api = await createTestApi();
    vendor = await api.aVendor();
    Logger.overrideLogger(new StructuredLogger('info', 'test', { write: (line) => void lines.push(line) }));
  });
  beforeEach(() => void lines.splice(0));
  afterAll(async () => {
    Logger.overrideLogger(false);
    await api.close();
  });

  it('names the person who signed in, how, and the session', async () => {
    const { email } = await api.signIn(vendor.vendorId, 'owner');
    const [user] = await api.asOwner<{ id: string }>('SELECT id FROM identity.user_account WHERE email = $1', [email]);
    expect(events('signed-in')).toMatchObject([
      { msg: 'Signed in by password, one factor.', user: user?.id, session: expect.any(String) as string },
    ]);
    expect(events('signed-in')[0]?.requestId).toBeDefined();
  });

  it('names the account of a failed sign-in by its id, and no address', async () => {
    const { email } = await api.signIn(vendor.vendorId, 'analyst');
    lines.splice(0);
    for (const tried of [email, 'nobody@example.com'])
      await api.http
        .post('/api/v1/session')
        .send({ email: tried, password: `${PASSWORD}!` })
        .expect(401);
    const [known, unknown] = events('sign-in-failed');
    expect(known).toMatchObject({ msg: 'Sign-in failed: credentials.wrong.', level: 40 });
    expect(known?.user).toMatch(/^[0-9a-f-]{36}$/);
    expect(unknown?.user).toBe('unknown');
    expect(lines.join('')).not.toContain('@');
    expect(lines.join('')).not.toContain('127.0.0.1');
  });

  it('names who was refused what, once a minute, and the client by a keyed hash', async () => {
    const analyst = await api.signIn(vendor.vendorId, 'analyst');
    lines.splice(0);
    for (let at = 0; at < 3; at++) await analyst.post('/api/v1/partner-groups', { name: 'x', rule: {} }).expect(403);
    await api.http.get('/api/v1/campaigns').set('Authorization', 'Bearer tl_unknown').expect(401);
    await api.http.get('/api/v1/session').expect(401);
    await until(() => events('refused').length >= 2, 'two refusals in the log');
    expect(events('refused')).toMatchObject([
      {
        msg: 'permission.missing: POST /api/v1/partner-groups 403',
        user: expect.any(String) as string,
        client: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
      },
      { msg: 'api-key.unknown: GET /api/v1/campaigns 401' },
    ]);
    expect(lines.join('')).not.toContain('tl_unknown');
  });
});
