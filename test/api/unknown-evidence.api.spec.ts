import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnknownPolicies } from '#delivery';
import { systemActor } from '#kernel';
import { StepOutcomes, UnknownEvidence } from '#sequences';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

describe('evidence of what became of an unknown message', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-evidence-'));
  const log = join(folder, 'mail.log');
  let stage: TestProduct;

  beforeAll(async () => {
    stage = await openTestProduct({
      POSTFIX_LOG: log,
      POSTFIX_LOG_IS_COMPLETE: 'true',
      POSTFIX_LOG_SETTLES_MINUTES: '1',
    });
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(async () => {
    await stage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const anUnknown = async (): Promise<{ id: string; email: string; link: string }> => {
    const { id: activationId, email } = await stage.running();
    const [mail] = await stage.mailTo(email);
    const id = mail!.messageId!.slice(1, 37);
    await until(async () => (await stepOf(id))?.outcome === 'sent');
    await stage.api.asOwner(
      `WITH forgot AS (UPDATE delivery.message SET state = 'unknown', reason = 'no-answer-after-end-of-data', unknown_since = $3 WHERE id = $1)
       UPDATE sequences.step_execution SET outcome = 'failed', reason = 'no-answer-after-end-of-data' WHERE message_id = $1 AND activation_id = $2`,
      [id, activationId, stage.api.clock.now()],
    );
    return { id, email, link: /\/l\/[\w-]+/.exec(mail!.html as string)![0] };
  };
  const stepOf = async (id: string) =>
    (
      await stage.api.asOwner<{ outcome: string; reason: string }>(
        'SELECT outcome, reason FROM sequences.step_execution WHERE message_id = $1',
        [id],
      )
    )[0];
  const messageOf = async (id: string) =>
    (
      await stage.api.asOwner<{ state: string; reason: string; since: Date | null }>(
        'SELECT state, reason, unknown_since AS since FROM delivery.message WHERE id = $1',
        [id],
      )
    )[0];
  const lines = (id: string, ...told: string[]): string =>
    [
      `cleanup[1]: ${id.slice(-8).toUpperCase()}: message-id=<${id}@${stage.api.config.MAIL_DOMAIN}>`,
      ...told.map((rest) => rest.replace('QID', id.slice(-8).toUpperCase())),
    ]
      .map((rest) => `Nov 21 15:17:18 relay postfix/${rest}\n`)
      .join('');
  const lookUp = () => stage.api.app.get(UnknownEvidence, { strict: false }).lookUp();
  const catchUp = () => stage.api.app.get(StepOutcomes, { strict: false }).catchUp();

  it('is found in the log of the relay: taken, delivered, come back; what is not there stays unknown', async () => {
    const [taken, sent, bounced, lost] = [await anUnknown(), await anUnknown(), await anUnknown(), await anUnknown()];
    const queued = 'qmgr[1]: QID: from=<x@y.example>, size=1, nrcpt=1 (queue active)';
    const status = (dsn: string, what: string) =>
      `smtp[1]: QID: to=<someone@customer.example>, relay=z, dsn=${dsn}, status=${what}`;
    writeFileSync(
      log,
      [
        lines(taken.id, queued),
        lines(sent.id, queued, status('2.0.0', 'sent (250 ok)')),
        lines(bounced.id, queued, status('5.1.1', 'bounced (550 no such user)')),
        lines(lost.id),
      ].join(''),
    );
    expect(await lookUp()).toBe(3);
    await catchUp();
    expect(await messageOf(taken.id)).toEqual({ state: 'accepted', reason: 'sent', since: null });
    expect(await messageOf(sent.id)).toEqual({ state: 'delivered', reason: 'delivered', since: null });
    expect(await messageOf(bounced.id)).toEqual({ state: 'bounced', reason: 'bounced-hard', since: null });
    expect(await messageOf(lost.id)).toMatchObject({ state: 'unknown', reason: 'no-answer-after-end-of-data' });
    for (const { id } of [taken, sent, bounced]) expect(await stepOf(id)).toEqual({ outcome: 'sent', reason: 'sent' });
    expect((await stepOf(lost.id))?.outcome).toBe('failed');
    const evidence = await stage.api.asOwner<{ kind: string; excerpt: string }>(
      `SELECT kind, excerpt FROM delivery.message_event WHERE source = 'postfix-log' ORDER BY id`,
    );
    expect(evidence.map(({ kind }) => kind).sort()).toEqual(['delivered', 'hard', 'underway']);
    expect(JSON.stringify(evidence)).not.toContain('@');
  });

  describe('is what a log does not have that is whole', () => {
    const LINE = 'mx postfix/smtpd[7]: connect from localhost[127.0.0.1]';
    const write = (fromMinutes: number, toMinutes: number, ...more: string[]): void => {
      const at = (minutes: number) => new Date(Date.now() + minutes * 60_000);
      writeFileSync(
        log,
        [`${at(fromMinutes).toISOString()} ${LINE}\n`, ...more, `${at(toMinutes).toISOString()} ${LINE}\n`].join(''),
      );
      utimesSync(log, at(toMinutes), at(toMinutes));
    };
    const wish = async (onUnknown: 'close' | 'repeat-absent') => {
      const vendorId = stage.vendor.vendorId;
      const policies = stage.api.app.get(UnknownPolicies, { strict: false });
      await policies.set(systemActor('test'), vendorId, { onUnknown, repeatAfterHours: 24 });
    };
    beforeAll(() => wish('repeat-absent'));
    beforeEach(() =>
      stage.api.asOwner(
        `UPDATE delivery.message SET state = 'closed_unknown', unknown_since = NULL WHERE state = 'unknown'`,
      ),
    );
    afterAll(() => wish('close'));

    it('and then it is sent once more, which stands in its story', async () => {
      const { id, email } = await anUnknown();
      write(-60, 2);
      expect(await lookUp()).toBe(1);
      expect((await messageOf(id))?.state).not.toBe('unknown');
      expect(await stage.mailTo(email, 2)).toHaveLength(2);
      await until(async () => (await stepOf(id))?.outcome === 'sent');
      const told = await stage.api.asOwner<{ kind: string }>(
        'SELECT kind FROM delivery.message_event WHERE message_id = $1',
        [id],
      );
      expect(told).toEqual([{ kind: 'absent' }]);
      expect(await lookUp()).toBe(0);
    });

    it.each([
      ['when it was not written since', () => write(-60, 0.5)],
      ['when it began after the message', () => write(0.1, 2)],
      [
        'when lines were left out',
        () => write(-60, 2, `${new Date().toISOString()} mx rsyslogd: 9 messages lost due to rate-limiting\n`),
      ],
    ])('but not %s', async (_, writeLog) => {
      const { id } = await anUnknown();
      writeLog();
      expect(await lookUp()).toBe(0);
      expect((await messageOf(id))?.state).toBe('unknown');
    });

    it('but not when it began to come in, another relay may have it, or a backup was put back', async () => {
      const begun = await anUnknown();
      write(-60, 2, lines(begun.id));
      expect(await lookUp()).toBe(0);
      for (const change of ["relay = 'another'", 'relay = NULL', "reason = 'restored'"]) {
        const { id } = await anUnknown();
        await stage.api.asOwner(`UPDATE delivery.message SET ${change} WHERE id = $1`, [id]);
        write(-60, 2, lines(begun.id));
        expect(await lookUp()).toBe(0);
      }
    });

    it('but not for a vendor that never wants anything twice', async () => {
      await wish('close');
      const { id } = await anUnknown();
      write(-60, 2);
      expect(await lookUp()).toBe(0);
      expect((await messageOf(id))?.state).toBe('unknown');
    });
  });

  it('is a click, whoever makes it', async () => {
    const { id, link } = await anUnknown();
    await stage.api.http.get(link).set('User-Agent', 'SomeScanner/1.0').redirects(0).expect(302);
    await until(async () => (await messageOf(id))?.state === 'delivered');
    await catchUp();
    expect(await stepOf(id)).toEqual({ outcome: 'sent', reason: 'sent' });
  });

  it('is a click on what was closed without an answer, too', async () => {
    const { id, link } = await anUnknown();
    await stage.api.asOwner(
      `WITH closed AS (UPDATE delivery.message SET state = 'closed_unknown', reason = 'closed-unknown', unknown_since = NULL WHERE id = $1)
       UPDATE sequences.step_execution SET reason = 'closed-unknown' WHERE message_id = $1`,
      [id],
    );
    await stage.api.http.get(link).set('User-Agent', 'SomeScanner/1.0').redirects(0).expect(302);
    await until(async () => (await messageOf(id))?.state === 'delivered');
    await catchUp();
    expect(await stepOf(id)).toEqual({ outcome: 'sent', reason: 'sent' });
  });

  it('is looked for in vain where the log cannot be read, and nothing breaks', async () => {
    rmSync(log, { force: true });
    await anUnknown();
    expect(await lookUp()).toBe(0);
  });
});
