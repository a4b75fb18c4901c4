import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEST_CERTIFICATE } from '../../libs/outbound/src/certificate.fixture.js';
import { until } from '../support/until.js';
import type { SendingPartner } from '../support/sending-site.js';
import { FaultSite } from './fault-site.js';
import { ReceivingServer } from './receiving-server.js';

const MINUTES = 60_000;
const PASSWORD = 'open sesame';

/**
 * Two relays with TLS and sign-in, whose certificates come from a private
 * authority. The installation's own relay is without TLS. The logs of the
 * servers are the truth.
 */
describe('mail by relays over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-tls-'));
  let faults: FaultSite;
  let partner: SendingPartner;
  let password = PASSWORD;
  const submission = new ReceivingServer({ tls: 'starttls', certificate: TEST_CERTIFICATE, password: () => password });
  const spare = new ReceivingServer({ tls: 'implicit', certificate: TEST_CERTIFICATE, password: () => PASSWORD });
  const stranger = new ReceivingServer({ tls: 'implicit', password: () => PASSWORD });
  const ids = new Map<ReceivingServer, string>();

  beforeAll(async () => {
    const authority = join(folder, 'authority.pem');
    writeFileSync(authority, TEST_CERTIFICATE.certificate);
    writeFileSync(join(folder, 'password'), PASSWORD);
    await Promise.all([submission, spare, stranger].map((server) => server.listen()));
    faults = await FaultSite.open(
      { connections: 4, leaseSeconds: 30 },
      { environment: { NODE_EXTRA_CA_CERTS: authority } },
    );
    await add(submission, 'submission', 'required', 10);
    await add(spare, 'spare', 'implicit', 20);
    await faults.start('scheduler-1');
    partner = await faults.site.aPartner('Brightwater IT');
  }, 3 * MINUTES);
  afterEach(async () => {
    for (const server of [submission, spare]) server.faultOf = () => null;
    expect(await faults.fallen()).toEqual([]);
    const everywhere = [submission, spare, stranger, faults.server].flatMap(({ accepted }) => [...accepted]);
    expect(everywhere.filter(([, times]) => times > 1)).toEqual([]);
    expect(new Set(everywhere.map(([id]) => id)).size).toBe(everywhere.length);
  });
  afterAll(async () => {
    await faults.close();
    await Promise.all([submission, spare, stranger].map((server) => server.close()));
    rmSync(folder, { recursive: true, force: true });
  }, MINUTES);

  const add = async (server: ReceivingServer, name: string, tls: string, priority: number): Promise<void> => {
    const place = ['--name', name, '--host', '127.0.0.1', '--port', String(server.port), '--tls', tls];
    await faults.operate(
      'relay-add',
      ...place,
      '--user',
      'anna',
      '--password-file',
      join(folder, 'password'),
      '--priority',
      String(priority),
    );
    const [relay] = await faults.site.api.asOwner<{ id: string }>('SELECT id FROM delivery.relay WHERE name = $1', [
      name,
    ]);
    ids.set(server, relay!.id);
  };
  const stateOf = async (server: ReceivingServer): Promise<{ state: string; problem: string | null }> =>
    (
      await faults.site.api.asOwner<{ state: string; problem: string | null }>(
        'SELECT state, problem FROM delivery.relay WHERE id = $1',
        [ids.get(server)],
      )
    )[0]!;
  /**
   * Launches to this many contacts and waits until each mail has its outcome.
   * @returns how many each server accepted, and what the ledger says of their
   *   relays.
   */
  const launch = async (people: number) => {
    const servers = { submission, spare, stranger, clear: faults.server };
    const before = Object.fromEntries(Object.entries(servers).map(([name, { accepted }]) => [name, accepted.size]));
    const activation = await faults.site.launch(partner, people);
    await faults.settled(2 * MINUTES);
    const took = Object.fromEntries(
      Object.entries(servers).map(([name, { accepted }]) => [name, accepted.size - before[name]!]),
    );
    const rows = await faults.site.api.asOwner<{ id: string; state: string; relay: string }>(
      'SELECT id, state, relay FROM delivery.message WHERE activation_id = $1',
      [activation],
    );
    return { took, rows };
  };

  it(
    'is sent encrypted and signed in by the first relay, and the ledger says so',
    async () => {
      expect(await stateOf(submission)).toEqual({ state: 'healthy', problem: null });
      const { took, rows } = await launch(20);
      expect(took).toEqual({ submission: 20, spare: 0, stranger: 0, clear: 0 });
      expect(submission.guarded.size).toBe(20);
      expect(rows.filter(({ state, relay }) => state !== 'accepted' || relay !== ids.get(submission))).toEqual([]);
    },
    3 * MINUTES,
  );

  it(
    'is sent by the next relay while the first refuses the sign-in, and by the first again afterwards',
    async () => {
      password = 'changed';
      submission.hangUp();
      const { took, rows } = await launch(30);
      expect(took).toEqual({ submission: 0, spare: 30, stranger: 0, clear: 0 });
      expect(spare.guarded.size).toBe(30);
      expect(rows.filter(({ state, relay }) => state !== 'accepted' || relay !== ids.get(spare))).toEqual([]);
      await until(async () => (await stateOf(submission)).state === 'unhealthy', 'the look that finds it out', 90_000);
      expect((await stateOf(submission)).problem).toMatch(/refuses user and password: 535/);
      password = PASSWORD;
      await faults.operate('relay-check', ids.get(submission)!);
      const isBack = async (): Promise<boolean> => (await launch(1)).took.submission === 1;
      await until(isBack, 'the first relay to be used again', 90_000);
      const again = await launch(10);
      expect(again.took).toEqual({ submission: 10, spare: 0, stranger: 0, clear: 0 });
    },
    4 * MINUTES,
  );

  it(
    'is not sent to a server with an untrusted certificate, which gets neither user nor password',
    async () => {
      await expect(add(stranger, 'stranger', 'implicit', 5)).resolves.toBeUndefined();
      expect(await stateOf(stranger)).toMatchObject({
        state: 'unhealthy',
        problem: expect.stringMatching(/certificate/i),
      });
      const { took } = await launch(10);
      expect(took).toEqual({ submission: 10, spare: 0, stranger: 0, clear: 0 });
      await faults.operate('relay-remove', ids.get(stranger)!);
    },
    3 * MINUTES,
  );

  it(
    'is sent by the next relay if connections break before end-of-data, and is unknown and not repeated if they break after it',
    async () => {
      const [left, broken] = [
        [
          'drop at DATA',
          'drop at DATA',
          'drop after the end of data, taken',
          'drop after the end of data, not taken',
        ] as const,
        new Map<string, string>(),
      ];
      submission.faultOf = (id) => {
        if (broken.has(id)) return null;
        const fault = left[broken.size] ?? null;
        if (fault !== null) broken.set(id, fault);
        return fault;
      };
      const { rows } = await launch(40);
      const states = rows.map(({ id, state, relay }) => ({ state, relay, fault: broken.get(id) }));
      for (const { fault, state, relay } of states.filter(({ fault }) => fault !== undefined))
        expect([fault, state, relay]).toEqual([
          fault,
          fault!.startsWith('drop after') ? 'unknown' : 'accepted',
          fault!.startsWith('drop after') ? ids.get(submission) : ids.get(spare),
        ]);
      expect(broken.size).toBe(4);
      expect(states.filter(({ state, fault }) => fault === undefined && state !== 'accepted')).toEqual([]);
      for (const { id } of rows.filter(({ state }) => state === 'unknown')) expect(spare.accepted.has(id)).toBe(false);
    },
    4 * MINUTES,
  );
});
