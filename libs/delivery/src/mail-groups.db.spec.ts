import { ConfigModule, readConfig } from '#config';
import { Database } from '#database';
import { systemActor } from '#kernel';
import { createTestModule, type TestModule } from '../../../test/support/test-module.js';
import { type NameServer, openNameServer } from '../../../test/support/name-server.js';
import { DeliveryModule, MailGroups } from './index.js';

const SYSTEM = systemActor('test');

describe('groups of domains by their mail servers', () => {
  let names: NameServer;
  let house: TestModule;
  let groups: MailGroups;

  beforeAll(async () => {
    names = await openNameServer();
    names.set('MX', 'hosted.example', 'aspmx.l.google.com', 'mx.elsewhere.example');
    names.set('TXT', 'bare.example', 'v=spf1 -all');
    const config = readConfig({ SECRET_KEY: 'a key for tests, of 32 characters', DNS_SERVERS: names.address });
    house = await createTestModule([ConfigModule.forRoot(config), DeliveryModule]);
    groups = house.app.get(MailGroups);
  });
  afterAll(async () => {
    await house.close();
    await names.close();
  });

  const of = (...domains: string[]) => house.app.get(Database).inTransaction(SYSTEM, () => groups.groupsOf(domains));
  const again = () =>
    house.app
      .get(Database)
      .inTransaction(SYSTEM, () =>
        house.app.get(Database).query('UPDATE delivery.mail_group SET next_look_at = now()'),
      );

  it('asks for nothing while somebody waits, and knows it a moment later; what nobody can tell stays as it was', async () => {
    const domains = ['hosted.example', 'bare.example', 'nowhere.example'];
    const own = new Map(domains.map((domain) => [domain, domain]));
    expect(await of(...domains)).toEqual(own);
    expect(await groups.lookUpDue()).toBe(false);
    const known = new Map(own).set('hosted.example', 'google');
    expect(await of(...domains)).toEqual(known);
    await again();
    names.fail(true);
    await groups.lookUpDue();
    names.fail(false);
    expect(await of(...domains)).toEqual(known);
    names.set('MX', 'hosted.example', 'hosted-example.mail.protection.outlook.com');
    await again();
    await Promise.all([groups.lookUpDue(), groups.lookUpDue()]);
    expect((await of('hosted.example')).get('hosted.example')).toBe('microsoft');
  });
});
