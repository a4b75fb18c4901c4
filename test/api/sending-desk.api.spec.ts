import {
  confirmEpoch,
  explain,
  haltSending,
  liftHalt,
  listUnknown,
  resolveUnknown,
  type SendingDesk,
  sendingStatus,
  unknownPolicy,
} from '../../apps/cli/src/sending-commands.js';
import { Halts, Relays, UnknownMessages, UnknownPolicies } from '#delivery';
import { newId, systemActor } from '#kernel';
import { SendingOperations } from '#sequences';
import { openStage, type Stage } from '../support/stage.js';
import { until } from '../support/until.js';

describe('the sending commands', () => {
  let stage: Stage;
  let desk: SendingDesk;
  let lines: string[];
  const print = (line: string): void => void lines.push(line);

  beforeAll(async () => {
    stage = await openStage();
    const { app } = stage.api;
    desk = {
      operations: app.get(SendingOperations, { strict: false }),
      halts: app.get(Halts, { strict: false }),
      unknown: app.get(UnknownMessages, { strict: false }),
      relays: app.get(Relays, { strict: false }),
      policies: app.get(UnknownPolicies, { strict: false }),
    };
  });
  beforeEach(() => {
    lines = [];
    stage.toWorkingHours();
  });
  afterAll(() => stage.close());

  const audited = async (): Promise<string[]> =>
    (
      await stage.api.asOwner<{ entry: string }>(
        `SELECT concat_ws(' ', action, subject_kind, subject_id) AS entry FROM audit.entry WHERE action LIKE 'sending.%' OR action LIKE 'epoch.%' ORDER BY id`,
      )
    ).map(({ entry }) => entry);
  const contactOf = async (email: string): Promise<string> =>
    (await stage.api.asOwner<{ id: string }>('SELECT id FROM contacts.contact WHERE email = $1', [email]))[0]!.id;
  /** A message to somebody of which nobody knows what became of it. */
  const anUnknown = async (): Promise<{ id: string; activationId: string; email: string }> => {
    const { id: activationId, email } = await stage.running();
    await stage.mailTo(email);
    const settled = async (): Promise<string | undefined> =>
      (
        await stage.api.asOwner<{ id: string }>(
          `SELECT m.id FROM delivery.message m JOIN sequences.step_execution s ON s.message_id = m.id
           WHERE m.activation_id = $1 AND m.state = 'accepted' AND s.outcome = 'sent'`,
          [activationId],
        )
      )[0]?.id;
    await until(async () => (await settled()) !== undefined, 10_000, 'the outcome');
    const id = (await settled())!;
    await stage.api.asOwner(
      `WITH forgot AS (UPDATE delivery.message SET state = 'unknown', reason = 'lease-over', unknown_since = now() WHERE id = $1)
       UPDATE sequences.step_execution SET outcome = 'failed', reason = 'lease-over' WHERE message_id = $1`,
      [id],
    );
    return { id, activationId, email };
  };

  it('halt and lift a vendor, say so in the status, and stand in the audit log', async () => {
    const { vendorId } = stage.vendor;
    await haltSending(desk, 'vendor', vendorId, 'wrong footer', print);
    const { email, id } = await stage.running();
    await sendingStatus(desk, print);
    expect(lines.join('\n')).toMatch(new RegExp(`Halted: vendor ${vendorId} since .*: wrong footer`));
    await explain(desk, id, await contactOf(email), print);
    expect(lines.join('\n')).toContain('Halted: vendor');
    expect(stage.mails.to(email)).toHaveLength(0);
    await liftHalt(desk, 'vendor', vendorId, print);
    await stage.mailTo(email);
    expect((await audited()).slice(-2)).toEqual([
      `sending.halted vendor ${vendorId}`,
      `sending.lifted vendor ${vendorId}`,
    ]);
  });

  it('refuse a scope that there is not, an id that is none, and a halt that is not in force', async () => {
    await expect(haltSending(desk, 'planet', undefined, 'x', print)).rejects.toThrow('there are everything');
    await expect(haltSending(desk, 'partner', undefined, 'x', print)).rejects.toThrow('Name the id');
    await expect(resolveUnknown(desk, 'close', ['nonsense'], print)).rejects.toThrow('is no id');
    await expect(resolveUnknown(desk, 'guess', [newId()], print)).rejects.toThrow('There is no way "guess"');
    await expect(liftHalt(desk, 'partner', newId(), print)).rejects.toMatchObject({ exitCode: 1 });
    await expect(explain(desk, newId(), newId(), print)).rejects.toThrow('no such activation');
  });

  it('list what is unknown without an address, and decide it', async () => {
    const [taken, lost] = [await anUnknown(), await anUnknown()];
    await listUnknown(desk, 10, print);
    expect(lines.at(-1)).toBe('2 unknown.');
    expect(lines.join('\n')).toContain(taken.id);
    expect(lines.join('\n')).not.toContain('@');
    await resolveUnknown(desk, 'accepted', [taken.id], print);
    await explain(desk, taken.activationId, await contactOf(taken.email), print);
    expect(lines.at(-1)).toMatch(/welcome: sent\./);
    await resolveUnknown(desk, 'redrive', [lost.id], print);
    // The same Message-ID once more.
    const [first, second] = await stage.mailTo(lost.email, 2);
    expect(second?.raw.toString()).toContain(`<${lost.id}@`);
    expect(first?.raw.toString()).toContain(`<${lost.id}@`);
    await resolveUnknown(desk, 'close', [taken.id], print);
    expect(lines.at(-1)).toBe('0 of 1 were unknown and are decided now.');
  });

  it('repeat what stays unknown only for a vendor that wants it so, and say so', async () => {
    const { vendorId } = stage.vendor;
    await unknownPolicy(desk, vendorId, undefined, 24, print);
    expect(lines.at(-1)).toContain('never repeated');
    const { id, email } = await anUnknown();
    const apply = () => desk.operations.applyPolicies(systemActor('test'), 7);
    await stage.api.asOwner('UPDATE delivery.message SET unknown_since = $2 WHERE id = $1', [
      id,
      stage.api.clock.now(),
    ]);
    stage.api.clock.advance(25 * 3_600_000);
    stage.toWorkingHours();
    expect(await apply()).toBe(0);
    await unknownPolicy(desk, vendorId, 'repeat', 24, print);
    await listUnknown(desk, 10, print);
    expect(lines.join('\n')).toContain(`Vendor ${vendorId}: repeated after 24 hours without evidence`);
    expect(await apply()).toBe(1);
    const mails = await stage.mailTo(email, 2);
    expect(mails.map(({ messageId }) => messageId)).toEqual([
      `<${id}@${stage.api.config.MAIL_DOMAIN}>`,
      `<${id}@${stage.api.config.MAIL_DOMAIN}>`,
    ]);
    await unknownPolicy(desk, vendorId, 'close', 24, print);
    await expect(unknownPolicy(desk, vendorId, 'guess', 24, print)).rejects.toThrow('There is no way');
    const entries = await stage.api.asOwner<{ details: object }>(
      `SELECT details FROM audit.entry WHERE action = 'unknown-policy.set' ORDER BY id`,
    );
    expect(entries.map(({ details }) => details)).toEqual([
      { onUnknown: 'repeat', repeatAfterHours: 24 },
      { onUnknown: 'close', repeatAfterHours: 24 },
    ]);
  });

  it('say what a halt of everything holds back, and go on after a restore was confirmed', async () => {
    await confirmEpoch(desk, undefined, print);
    expect(lines[0]).toMatch(/^This database goes on\. 0 messages are unknown now/);
    expect((await audited()).at(-1)).toMatch(/^epoch\.confirmed instance/);
    await expect(confirmEpoch(desk, 'yesterday', print)).rejects.toThrow('is no moment');
  });
});
