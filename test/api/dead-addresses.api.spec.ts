import { RelayRoutes } from '#delivery';
import { openScriptedServer, type Script, type ScriptedServer } from '../support/scripted-smtp.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

const UNKNOWN_USER = '550 5.1.1 no such user';
const BARE = '550 not here';
const ABOUT_US = '550 5.1.1 IP address on a block list';

describe('an address that a relay calls dead', () => {
  let stage: TestProduct;
  let installations: ScriptedServer;
  let vendors: ScriptedServer;
  const script: { -readonly [K in keyof Script]: Script[K] } = {};

  beforeAll(async () => {
    installations = await openScriptedServer(script);
    vendors = await openScriptedServer(script);
    stage = await openTestProduct({
      RELAY_PRIVATE_NETWORKS: '127.0.0.1/32',
      SMTP_URL: `smtp://127.0.0.1:${installations.port}`,
    });
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(async () => {
    await stage.close();
    await installations.close();
    await vendors.close();
  });

  const scopes = async (): Promise<string[]> =>
    (
      await stage.api.asOwner<{ scope: string }>(
        `SELECT scope FROM contacts.keyed_suppression UNION ALL SELECT 'partner' FROM contacts.suppression`,
      )
    ).map(({ scope }) => scope);

  /** Where somebody is suppressed more, once a mail to them was refused so. */
  const afterRefusal = async (recipient: string): Promise<string[]> => {
    script.recipient = recipient;
    const before = await scopes();
    const { path } = await stage.running();
    await until(async () => (await stage.partner.owner.get(path)).body.reasons?.length > 0, 'the refusal');
    return more(before, await scopes());
  };
  const more = (before: readonly string[], after: readonly string[]): string[] => {
    const left = [...after];
    for (const scope of before) left.splice(left.indexOf(scope), 1);
    return left.sort();
  };
  const ownRelay = async (): Promise<string> => {
    const { body } = await (
      await stage.api.signIn(stage.vendor.vendorId, 'owner')
    )
      .post('/api/v1/relays', {
        name: 'Ours',
        host: '127.0.0.1',
        port: vendors.port,
        tls: 'opportunistic',
        username: null,
        priority: 10,
        connections: 2,
        enabled: true,
      })
      .expect(201);
    stage.api.app.get(RelayRoutes, { strict: false }).expire();
    await stage.agreeToServers();
    return (body as { id: string }).id;
  };

  it('is left alone by everybody where the installation’s relay names it', async () => {
    expect(await afterRefusal(UNKNOWN_USER)).toEqual(['partner', 'platform']);
  });

  it('is left alone by its partner where that relay only says 550: it may mean us', async () => {
    expect(await afterRefusal(BARE)).toEqual(['partner']);
  });

  it('is mailed on where the words are about us, whatever the code is', async () => {
    expect(await afterRefusal(ABOUT_US)).toEqual([]);
    expect(await afterRefusal('550 relaying denied')).toEqual([]);
  });

  it('is left alone by that vendor’s mail where the relay is the vendor’s own, whatever it says', async () => {
    await ownRelay();
    expect(await afterRefusal(UNKNOWN_USER)).toEqual(['vendor']);
    expect(await afterRefusal(BARE)).toEqual(['vendor']);
    expect(vendors.said.some((line) => line.startsWith('RCPT'))).toBe(true);
  });
});
