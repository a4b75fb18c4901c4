import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ActivationDetail, Partners, PartnerView } from '#contracts';
import { until } from '../support/until.js';
import { mondayMorning } from './calendar.js';
import { launchToReaders, readers } from './launch-to-readers.js';
import { Person } from './person.js';
import { freePorts, Standalone } from './standalone.js';
import { newDataFolder } from '../support/data-folder.mjs';

const PASSWORD = 'northwind demo';

describe('a partnership that ends in the middle of a launch', () => {
  const folder = newDataFolder('ended-partnership');
  const data = join(folder, 'data');
  let standalone: Standalone;

  beforeAll(async () => {
    standalone = await Standalone.start(data, await freePorts());
  });
  afterAll(async () => {
    await standalone.server.end('SIGINT');
    rmSync(folder, { recursive: true, force: true });
  });

  const signIn = (email: string): Promise<Person> => Person.signIn(standalone.url, email, PASSWORD);
  /** Addresses of the list that have got a mail, as often as they have. */
  const arrived = async (): Promise<string[]> => {
    const known = new Set(readers);
    return (await standalone.mailbox.overview()).map(({ to }) => to).filter((to) => known.has(to));
  };

  it('sends nothing after its answer, also after kill -9, and its ledger says the same', async () => {
    let olivia = await signIn('olivia@brightwater.example');
    await standalone.reach(mondayMorning(await standalone.now()));
    const id = await launchToReaders(olivia);
    const maya = await signIn('maya@northwind.example');
    const partners = await maya.call('partners?q=Brightwater', Partners);
    const partnerId = partners.items[0]?.id ?? '';
    await until(async () => (await arrived()).length > 0, 'the first mails');

    const json = { reason: 'The contract is over.' };
    const ended = await maya.call(`partners/${partnerId}/end`, PartnerView, { method: 'POST', json });
    const atAnswer = (await arrived()).toSorted();
    await standalone.server.end('SIGKILL');
    expect(ended).toMatchObject({ status: 'ended', end: { by: 'vendor', ...json } });
    expect(atAnswer.length).toBeLessThan(readers.length);

    standalone = await Standalone.start(data, await freePorts());
    olivia = await signIn('olivia@brightwater.example');
    const activation = (): Promise<ActivationDetail> => olivia.call(`activations/${id}`, ActivationDetail);
    await until(async () => (await activation()).status === 'stopped', 'the stop');
    await until(async () => (await activation()).waiting === 0, 'the end of all contacts');
    expect((await arrived()).toSorted()).toEqual(atAnswer);
    expect(new Set(atAnswer).size).toBe(atAnswer.length);
    const [first] = (await activation()).steps;
    expect(first).toMatchObject({ sent: atAnswer.length, pending: 0, unknown: 0, failed: 0 });
    expect(standalone.server.errors).toEqual([]);
  }, 600_000);
});
