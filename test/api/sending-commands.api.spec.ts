import { listUnknown, resolveUnknown, unknownPolicy } from '../../apps/cli/src/unknown-commands.js';
import { explain } from '../../apps/cli/src/explain-command.js';
import {
  confirmEpoch,
  findSubjects,
  haltSending,
  liftHalt,
  listStuck,
  type SendingCommandServices,
  sendingStatus,
} from '../../apps/cli/src/sending-commands.js';
import { listDeadLetters, retryJobs } from '../../apps/cli/src/job-commands.js';
import { AuditLog } from '#audit';
import { Database } from '#database';
import { DeadLetters } from '#jobs';
import { Halts, Relays, UnknownMessages, UnknownPolicies } from '#delivery';
import { newId, systemActor } from '#kernel';
import { HaltSubjects, OverdueSteps, SendingOperations, SendingReports, UnknownResolutions } from '#sequences';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

describe('the sending commands', () => {
  let stage: TestProduct;
  let desk: SendingCommandServices;
  let lines: string[];
  const print = (line: string): void => void lines.push(line);

  beforeAll(async () => {
    stage = await openTestProduct();
    const { app } = stage.api;
    desk = {
      operations: app.get(SendingOperations, { strict: false }),
      reports: app.get(SendingReports, { strict: false }),
      resolutions: app.get(UnknownResolutions, { strict: false }),
      halts: app.get(Halts, { strict: false }),
      unknown: app.get(UnknownMessages, { strict: false }),
      relays: app.get(Relays, { strict: false }),
      policies: app.get(UnknownPolicies, { strict: false }),
      stuck: app.get(OverdueSteps, { strict: false }),
      subjects: app.get(HaltSubjects, { strict: false }),
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
    await until(async () => (await settled()) !== undefined, 'the outcome');
    const id = (await settled())!;
    await stage.api.asOwner(
      `WITH forgot AS (UPDATE delivery.message SET state = 'unknown', reason = 'lease-expired', unknown_since = now() WHERE id = $1)
       UPDATE sequences.step_execution SET outcome = 'failed', reason = 'lease-expired' WHERE message_id = $1`,
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
    await expect(haltSending(desk, 'planet', undefined, 'x', print)).rejects.toThrow('Use one of: everything');
    await expect(haltSending(desk, 'partner', undefined, 'x', print)).rejects.toThrow('Give the id');
    await expect(haltSending(desk, 'partner', 'nonsense', 'x', print)).rejects.toThrow('is not an id');
    await expect(haltSending(desk, 'everything', undefined, ' ', print)).rejects.toThrow('Give a reason');
    await expect(haltSending(desk, 'partner', newId(), 'x', print)).rejects.toThrow('There is no partner');
    await expect(haltSending(desk, 'partner', stage.vendor.vendorId, 'x', print)).rejects.toThrow(
      'is no partner but the vendor “Northwind Systems”. Nothing was halted',
    );
    await expect(unknownPolicy(desk, newId(), 'repeat', 24, print)).rejects.toThrow('no such vendor');
    await expect(resolveUnknown(desk, 'close', ['nonsense'], print)).rejects.toThrow('is not an id');
    await expect(resolveUnknown(desk, 'guess', [newId()], print)).rejects.toThrow('"guess" is not a resolution');
    await expect(liftHalt(desk, 'partner', newId(), print)).rejects.toMatchObject({ exitCode: 1 });
    await expect(liftHalt(desk, 'partner', undefined, print)).rejects.toThrow('Give the id of the partner');
    await expect(explain(desk, newId(), newId(), print)).rejects.toThrow('no activation with this id');
  });

  it('say why somebody gets nothing more, or was not taken into a campaign at all', async () => {
    const { id, email } = await stage.running();
    await stage.mailTo(email);
    const contact = await contactOf(email);
    const { id: listId } = await stage.aList();
    await stage.partner.owner.patch(`/api/v1/contacts/${contact}`, { addToLists: [listId] }).expect(200);
    const { body } = await stage
      .launch(stage.partner.owner, { versionId: stage.campaign.versionId, listId })
      .expect(201);
    const again = (body as { id: string }).id;
    await until(async () => {
      lines = [];
      await explain(desk, again, contact, print);
      return lines.includes('The contact is not enrolled: This person has already received this campaign from you.');
    }, 'why the second one leaves them out');
    await explain(desk, again, newId(), print);
    expect(lines.at(-1)).toBe('The contact is not enrolled: the contact was not on the list at the launch.');
    await stage.booked();
    await stage.api.asOwner(
      `UPDATE sequences.enrolment SET state = 'exited', due_at = NULL, end_reason = 'answered', ended_at = $2 WHERE activation_id = $1`,
      [id, stage.api.clock.now()],
    );
    await explain(desk, id, contact, print);
    expect(lines.join('\n')).toContain('It receives nothing more: The person replied.');
  });

  it('find what can be halted by its name, and say what was', async () => {
    await stage.running();
    await findSubjects(desk, 'brightwater', print);
    expect(lines.join('\n')).toMatch(/^partner +\S{36} {2}Brightwater IT$/m);
    expect(lines.join('\n')).toMatch(/^activation +\S{36} {2}\S+ by Brightwater IT$/m);
    await expect(findSubjects(desk, 'nobody', print)).rejects.toMatchObject({ exitCode: 1 });
    lines.length = 0;
    await haltSending(desk, 'partner', stage.partner.id, 'a test', print);
    await haltSending(desk, 'partner', stage.partner.id, 'another', print);
    await liftHalt(desk, 'partner', stage.partner.id, print);
    expect(lines[0]).toBe('The partner “Brightwater IT” is halted. Nothing is submitted until the halt is lifted.');
    expect(lines[1]).toContain('was already halted');
  });

  it('list what is unknown without an address, and decide it', async () => {
    const [taken, lost] = [await anUnknown(), await anUnknown()];
    await listUnknown(desk, 10, print);
    expect(lines.at(-1)).toBe('2 unknown messages.');
    expect(lines.join('\n')).toContain(taken.id);
    expect(lines.join('\n')).not.toContain('@');
    await resolveUnknown(desk, 'accepted', [taken.id], print);
    await explain(desk, taken.activationId, await contactOf(taken.email), print);
    expect(lines.at(-1)).toMatch(/welcome: sent\. .*; legal basis customer \(rules version 2\)/);
    await resolveUnknown(desk, 'redrive', [lost.id], print);
    // The same Message-ID once more.
    const [first, second] = await stage.mailTo(lost.email, 2);
    expect(second?.raw.toString()).toContain(`<${lost.id}@`);
    expect(first?.raw.toString()).toContain(`<${lost.id}@`);
    expect(lines).toContain('1 of 1 messages resolved.');
    await expect(resolveUnknown(desk, 'close', [taken.id], print)).rejects.toThrow('None of these messages is unknown');
  });

  it('repeat what stays unknown only for a vendor that wants it so, and say so', async () => {
    const { vendorId } = stage.vendor;
    await unknownPolicy(desk, vendorId, undefined, 24, print);
    expect(lines.at(-1)).toContain('never sent again');
    const { id, email } = await anUnknown();
    const apply = () => desk.resolutions.applyPolicies(systemActor('test'), 7);
    await stage.api.asOwner('UPDATE delivery.message SET unknown_since = $2 WHERE id = $1', [
      id,
      stage.api.clock.now(),
    ]);
    stage.api.clock.advance(25 * 3_600_000);
    stage.toWorkingHours();
    expect(await apply()).toBe(0);
    await unknownPolicy(desk, vendorId, 'repeat', 24, print);
    await listUnknown(desk, 10, print);
    expect(lines.join('\n')).toContain(`Vendor ${vendorId}: sent again after 24 hours without evidence`);
    expect(await apply()).toBe(1);
    const mails = await stage.mailTo(email, 2);
    expect(mails.map(({ messageId }) => messageId)).toEqual([
      `<${id}@${stage.api.config.MAIL_DOMAIN}>`,
      `<${id}@${stage.api.config.MAIL_DOMAIN}>`,
    ]);
    await unknownPolicy(desk, vendorId, 'close', 24, print);
    await expect(unknownPolicy(desk, vendorId, 'guess', 24, print)).rejects.toThrow('is not a policy');
    const entries = await stage.api.asOwner<{ details: object }>(
      `SELECT details FROM audit.entry WHERE action = 'unknown-policy.set' ORDER BY id`,
    );
    expect(entries.map(({ details }) => details)).toEqual([
      { onUnknown: 'repeat', repeatAfterHours: 24 },
      { onUnknown: 'close', repeatAfterHours: 24 },
    ]);
  });

  it('list which steps are stuck, and say to operator and partner why they wait', async () => {
    const { id, activationId, email } = await anUnknown();
    const contactId = await contactOf(email);
    const retryAt = new Date(stage.api.clock.now().getTime() + 5 * 3_600_000);
    await stage.api.asOwner(
      `WITH waits AS (UPDATE delivery.message SET state = 'planned', reason = 'destination-waits', unknown_since = NULL, settled_at = NULL, retry_at = $2 WHERE id = $1)
       UPDATE sequences.step_execution SET outcome = 'pending', reason = 'pending', decided_at = $2::timestamptz - interval '7 hours' WHERE message_id = $1`,
      [id, retryAt],
    );
    await listStuck(desk, 10, print);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(`activation ${activationId}  contact ${contactId}  step welcome`);
    expect(lines[0]).toContain('asked for slower sending');
    expect(lines[0]).toContain(`retry at ${retryAt.toISOString()}`);
    expect(lines.join('\n')).not.toContain('@');
    expect(lines[1]).toBe('1 steps without an outcome for over an hour.');
    // Who waits for a moment that is set is no alarm's business; who waits for
    // none is.
    const figures = () => desk.reports.figures(systemActor('test'));
    expect(await figures()).toMatchObject({ stuck: 1, stuckForNoReason: 0 });
    await stage.api.asOwner(`UPDATE sequences.step_execution SET message_id = NULL WHERE message_id = $1`, [id]);
    expect(await figures()).toMatchObject({ stuck: 1, stuckForNoReason: 1 });
    await stage.api.asOwner(
      `UPDATE sequences.step_execution SET message_id = $1 WHERE outcome = 'pending' AND activation_id = $2`,
      [id, activationId],
    );
    await explain(desk, activationId, contactId, print);
    expect(lines.at(-1)).toMatch(/^welcome: pending\. The mailbox provider .* asked for slower sending\./);
    const { body } = await stage.partner.owner.get(`/api/v1/contacts/${contactId}/history`).expect(200);
    expect((body as { items: object[] }).items[0]).toMatchObject({ outcome: 'pending', reason: 'destination-waits' });
    await stage.api.asOwner(
      `WITH gone AS (UPDATE delivery.message SET state = 'failed', retry_at = NULL WHERE id = $1)
       UPDATE sequences.step_execution SET outcome = 'failed', reason = 'rejected-by-relay' WHERE message_id = $1`,
      [id],
    );
    lines = [];
    await listStuck(desk, 10, print);
    expect(lines).toEqual(['0 steps without an outcome for over an hour.']);
  });

  it('show the jobs that are left, and have them tried again on record', async () => {
    const { app } = stage.api;
    const jobDesk = {
      deadLetters: app.get(DeadLetters, { strict: false }),
      audit: app.get(AuditLog, { strict: false }),
      database: app.get(Database, { strict: false }),
    };
    const { id: activationId } = await stage.running();
    const [left] = await stage.api.asOwner<{ id: string }>(
      `INSERT INTO jobs.outbox (id, job, data, attempt, failed_at, error)
       SELECT uuidv7(), 'activations.resume-sending', jsonb_build_object('activationId', id, 'partnerId', partner_id), 5, now(), 'the disk was full'
       FROM activations.activation WHERE id = $1 RETURNING id`,
      [activationId],
    );
    await listDeadLetters(jobDesk, 10, print);
    expect(lines[0]).toContain(`${left!.id}  activations.resume-sending`);
    expect(lines[0]).toMatch(/after 5 attempts {2}the disk was full$/);
    await expect(retryJobs(jobDesk, [], false, print)).rejects.toThrow('or --all');
    await expect(retryJobs(jobDesk, [left!.id], true, print)).rejects.toThrow('or --all');
    await expect(retryJobs(jobDesk, ['nonsense'], false, print)).rejects.toThrow('is not an id');
    await retryJobs(jobDesk, [left!.id], false, print);
    expect(lines.at(-1)).toBe('1 of 1 dead-lettered jobs are queued again.');
    const isDone = async (): Promise<boolean> =>
      (await stage.api.asOwner('SELECT 1 FROM jobs.outbox WHERE id = $1', [left!.id])).length === 0;
    await until(isDone, 'the job to be done');
    const [entry] = await stage.api.asOwner(
      `SELECT subject_id AS id, details FROM audit.entry WHERE action = 'job.retried'`,
    );
    expect(entry).toEqual({ id: left!.id, details: { job: 'activations.resume-sending' } });
  });

  it('say what a halt of everything holds back, and go on after a restore was confirmed', async () => {
    await expect(confirmEpoch(desk, undefined, print)).rejects.toThrow('there is no restore to confirm');
    const open = () =>
      stage.api.asOwner(`SELECT 1 FROM delivery.message WHERE state IN ('planned', 'leased', 'releasing')`);
    await until(async () => (await open()).length === 0, 'the messages of the other tests to be sent');
    await haltSending(desk, 'everything', undefined, 'restore', print);
    lines.length = 0;
    await confirmEpoch(desk, '2199-01-01T00:00:00Z', print);
    await liftHalt(desk, 'everything', undefined, print);
    // Nothing is in doubt that falls due only after the operator's word.
    expect(lines[0]).not.toContain('2199');
    expect(lines[0]).toMatch(/^Sending resumes\. 0 messages are unknown now/);
    expect((await audited()).at(-2)).toMatch(/^epoch\.confirmed instance/);
    await expect(confirmEpoch(desk, 'yesterday', print)).rejects.toThrow('is not a date and time');
  });
});
