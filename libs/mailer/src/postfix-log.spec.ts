import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packageRoot, MINUTE_MS } from '#kernel';
import { PostfixLog } from './index.js';
import { PostfixTrail } from './postfix-log.js';

/**
 * Written by a real Postfix 3.7: one message delayed, one deferred, one
 * refused, one whose connection was lost in the middle.
 */
const REAL = readFileSync(join(packageRoot(), 'libs/mailer/corpus/postfix-log.txt'), 'utf8');
const idOf = (n: number): string => `0198c6f2-8a31-5c55-9d2e-3f1b6a7c8d9${n}@mail.throughline.example`;
const ALL = new Set([0, 1, 2, 3].map(idOf));
const LONG_AGO = new Date(0);

describe('a message in a Postfix log', () => {
  const told = (lines: string): string[] => {
    const trail = new PostfixTrail(() => true);
    return lines.split('\n').flatMap((line) => trail.read(line)?.kind ?? []);
  };

  it.each([
    ['sent', 0, ['taken', 'taken', 'taken', 'sent']],
    ['deferred, and so taken', 1, ['taken', 'taken', 'taken', 'taken']],
    ['bounced', 2, ['taken', 'taken', 'taken', 'bounced']],
    ['lost before its end: a message-id alone proves nothing', 3, []],
  ])('has the expected findings in a real log: %s', (_, n, kinds) => {
    const trail = new PostfixTrail((id) => id === idOf(n));
    expect(REAL.split('\n').flatMap((line) => trail.read(line)?.kind ?? [])).toEqual(kinds);
  });

  it('has the reason of its bounce, and no address', () => {
    const trail = new PostfixTrail((id) => id === idOf(2));
    const last = REAL.split('\n')
      .flatMap((line) => trail.read(line) ?? [])
      .at(-1);
    expect(last).toMatchObject({ status: '5.3.0', queueId: '6024C3622AF' });
    expect(last?.line).not.toContain('@');
    expect(last?.line).toContain('status=bounced');
  });

  it.each([
    [
      'long queue ids, and days as ISO 8601',
      [
        '2026-11-21T15:17:18.123456+00:00 mx postfix/cleanup[9]: 4Sg1zN0kJxz1X: message-id=<a@b>',
        '2026-11-21T15:17:18.2+00:00 mx postfix/qmgr[9]: 4Sg1zN0kJxz1X: from=<r@b>, size=1, nrcpt=1 (queue active)',
      ].join('\n'),
      ['taken'],
    ],
    [
      'an instance of another name, by LMTP',
      [
        'Nov  1 01:02:03 mx postfix-out/submission/cleanup[9]: ABCDEF1: message-id=<a@b>',
        'Nov  1 01:02:03 mx postfix-out/lmtp[9]: ABCDEF1: to=<x@y>, relay=z, delay=1, dsn=2.0.0, status=sent (ok)',
      ].join('\n'),
      ['sent'],
    ],
    [
      'a message that was given up',
      [
        'Nov 1 01:02:03 mx postfix/cleanup[9]: ABCDEF1: message-id=<a@b>',
        'Nov 1 01:02:03 mx postfix/qmgr[9]: ABCDEF1: from=<r@b>, status=expired, returned to sender',
      ].join('\n'),
      [],
    ],
    [
      'a queue id that was used again',
      [
        'Nov 1 01:02:03 mx postfix/cleanup[9]: ABCDEF1: message-id=<a@b>',
        'Nov 1 01:02:03 mx postfix/qmgr[9]: ABCDEF1: removed',
        'Nov 1 01:02:04 mx postfix/smtp[9]: ABCDEF1: to=<x@y>, dsn=2.0.0, status=sent (ok)',
      ].join('\n'),
      [],
    ],
    [
      'words of another server that look like a status',
      [
        'Nov 1 01:02:03 mx postfix/cleanup[9]: ABCDEF1: message-id=<a@b>',
        'Nov 1 01:02:03 mx postfix/smtp[9]: ABCDEF1: to=<x@y>, relay=z, dsn=4.0.0, status=deferred (host z said: 450 no, status=sent)',
      ].join('\n'),
      ['taken'],
    ],
    [
      'what is none of it',
      ['Nov 1 01:02:03 mx postfix/smtpd[9]: connect from unknown[10.0.0.1]', '\u0000', 'kernel: hello'].join('\n'),
      [],
    ],
  ])('is followed through %s', (_, lines, kinds) => {
    expect(told(lines)).toEqual(kinds);
  });
});

describe('the look-up in a Postfix log', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'throughline-log-'));
    path = join(folder, 'mail.log');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const lines = REAL.split('\n');
  const kindsOf = async (log: PostfixLog): Promise<string[]> =>
    [...(await log.lookUp(ALL, LONG_AGO)).found].map(([id, { kind }]) => `${id.slice(35, 36)} ${kind}`).sort();

  it('finds the outcome of each message', async () => {
    writeFileSync(path, REAL);
    const log = new PostfixLog(path);
    expect(await kindsOf(log)).toEqual(['0 sent', '1 taken', '2 bounced']);
    expect((await log.lookUp(new Set([idOf(0)]), LONG_AGO)).found.size).toBe(1);
  });

  const packed = (old: string): void => {
    writeFileSync(`${old}.gz`, gzipSync(readFileSync(path)));
    rmSync(path);
  };
  const emptied = (old: string): void => {
    writeFileSync(old, readFileSync(path));
    truncateSync(path, 0);
  };
  const renamed = (old: string): void => {
    renameSync(path, old);
  };

  it.each([
    ['a rename', renamed],
    ['a rename and packing', packed],
    ['emptying in its place', emptied],
  ])('continues in the middle of a line, and after a rotation by %s', async (_, rotate) => {
    const half = Math.floor(lines.length / 2);
    const first = lines.slice(0, half).join('\n');
    writeFileSync(path, first.slice(0, -10));
    const log = new PostfixLog(path);
    expect(await kindsOf(log)).toEqual(['0 taken', '1 taken', '2 taken']);
    appendFileSync(path, `${first.slice(-10)}\n`);
    await log.lookUp(ALL, LONG_AGO);
    rotate(join(folder, 'mail.log.1'));
    writeFileSync(path, lines.slice(half).join('\n'));
    expect(await kindsOf(log)).toEqual(['0 sent', '1 taken', '2 bounced']);
  });

  it('reads again for a message that is new to it', async () => {
    writeFileSync(path, REAL);
    const log = new PostfixLog(path);
    await log.lookUp(new Set([idOf(0)]), LONG_AGO);
    expect((await log.lookUp(new Set([idOf(0), idOf(2)]), LONG_AGO)).found.get(idOf(2))?.kind).toBe('bounced');
  });

  it('finds messages that were received whole, and not those lost before their end', async () => {
    writeFileSync(path, REAL);
    const { has } = await new PostfixLog(path).lookUp(ALL, LONG_AGO);
    expect([0, 1, 2, 3].map((n) => has(idOf(n)))).toEqual([true, true, true, false]);
  });

  it('counts a message as perhaps received if no line says that it was lost', async () => {
    writeFileSync(path, REAL.replace(/^.*lost connection after DATA.*\n/m, ''));
    expect((await new PostfixLog(path).lookUp(ALL, LONG_AGO)).has(idOf(3))).toBe(true);
    writeFileSync(
      path,
      REAL.replace('lost connection after DATA (8550 bytes)', 'lost connection after END-OF-MESSAGE'),
    );
    expect((await new PostfixLog(path).lookUp(ALL, LONG_AGO)).has(idOf(3))).toBe(true);
  });

  it('finds a message that was lost once and sent again, and keeps earlier findings', async () => {
    const again = lines.find((line) => line.includes(`message-id=<${idOf(3)}>`))!.replace('3EF52362332', '3EF52362399');
    writeFileSync(path, `${REAL}${again}\n`);
    const log = new PostfixLog(path);
    expect((await log.lookUp(ALL, LONG_AGO)).has(idOf(3))).toBe(true);
    const { found, has } = await log.lookUp(ALL, LONG_AGO);
    expect([found.size, has(idOf(0)), has(idOf(3))]).toEqual([3, true, true]);
  });

  describe('reports for which time the log is complete', () => {
    const WRITTEN = new Date('2026-03-10T12:00:00Z');
    const write = (...told: string[]): void => {
      writeFileSync(path, told.map((line) => `${line}\n`).join(''));
      utimesSync(path, WRITTEN, WRITTEN);
    };
    /** Minutes before the last write to the log. */
    const since = async (log = new PostfixLog(path)): Promise<number | null> => {
      const { span } = await log.lookUp(ALL, LONG_AGO);
      if (span === null) return null;
      expect(span.toMs).toBe(WRITTEN.getTime());
      return Math.round((WRITTEN.getTime() - span.fromMs) / MINUTE_MS) + 0;
    };
    const CONNECTS = 'mx postfix/smtpd[1]: connect from localhost[127.0.0.1]';
    const FIRST = `2026-03-10T18:30:00.5+09:00 ${CONNECTS}`;
    const LAST = `2026-03-10T21:00:00.5+09:00 ${CONNECTS}`;
    const rough = (...stamps: string[]): string[] => stamps.map((at) => `${at} ${CONNECTS}`);

    it.each([
      ['from its first line on', [FIRST, 'a line without a time', LAST], 150],
      ['by a clock without year and zone, and then an hour less', rough('Mar 10 02:30:00', 'Mar 10 05:00:00'), 90],
      ['over the turn of a year', rough('Dec 31 23:00:00', 'Jan  1 02:00:00'), 120],
      ['over a leap day, if there is one', rough('Feb 28 23:00:00', 'Mar  1 02:00:00'), 120],
      ['never, where lines without a zone come late', rough('Mar 10 02:30:00', 'Mar 10 04:53:00'), null],
      ['never, without times', ['hello', 'world'], null],
      ['never, while it is empty', [], null],
      ['never, while it is not told of who connects', [FIRST.replace('smtpd', 'anvil')], null],
      [
        'whatever another server says',
        [FIRST, '2026-03-10T20:50:00.5+09:00 mx postfix/smtp[9]: A1: status=deferred (421 rate limited)', LAST],
        150,
      ],
      ...[
        'rsyslogd: imuxsock[pid: 7]: 42 messages lost due to rate-limiting',
        'rsyslogd: imjournal: begin to drop messages due to rate-limiting',
        'systemd-journald[3]: Suppressed 9 messages from postfix.service',
        'systemd-journald[3]: Forwarding to syslog missed 7 messages.',
      ].map((loss): [string, string[], number] => [
        `since lines were left out: ${loss}`,
        [FIRST, `2026-03-10T20:50:00.5+09:00 mx ${loss}`, LAST],
        10,
      ]),
    ] as [string, string[], number | null][])('%s', async (_, told, minutes) => {
      write(...told);
      expect(await since()).toBe(minutes);
    });

    it('until the last line of smtpd, even if other programs wrote later lines', async () => {
      write(FIRST, `2026-03-10T20:00:00+09:00 ${CONNECTS}`, LAST.replace('smtpd', 'master'));
      const { span } = await new PostfixLog(path).lookUp(ALL, LONG_AGO);
      expect(span?.toMs).toBe(Date.parse('2026-03-10T20:00:00+09:00'));
    });

    it('across a rotation, but not if lines in between are lost', async () => {
      const middle = `2026-03-10T20:00:00.5+09:00 ${CONNECTS}, and who is who`;
      write(FIRST, middle);
      const log = new PostfixLog(path);
      await log.lookUp(ALL, LONG_AGO);
      renameSync(path, join(folder, 'mail.log.1'));
      write(LAST);
      expect(await since(log)).toBe(150);
      rmSync(join(folder, 'mail.log.1'));
      rmSync(path);
      write(middle, LAST);
      expect(await since(log)).toBe(60);
    });

    it('not for the time before the log was copied and truncated', async () => {
      const middle = `2026-03-10T20:00:00.5+09:00 ${CONNECTS}`;
      write(FIRST, middle);
      const log = new PostfixLog(path);
      await log.lookUp(ALL, LONG_AGO);
      emptied(join(folder, 'mail.log.1'));
      write(LAST.replace('21:00', '20:30'), LAST);
      expect(await since(log)).toBe(30);
    });

    it('without files that are not its rotations, or do not continue it', async () => {
      write(LAST);
      const old = FIRST.replace('03-10', '03-01');
      writeFileSync(join(folder, 'mail.log.warn'), `${old}\n`);
      expect(await since()).toBe(0);
      writeFileSync(join(folder, 'mail.log.1'), `${old}\n${LAST.replace('21:00', '23:00')}\n`);
      expect(await since()).toBe(0);
      writeFileSync(join(folder, 'mail.log.1'), `${old}\n${FIRST}\n`);
      expect(await since()).toBe(9 * 24 * 60 + 150);
    });
  });

  it('continues at its last position, whatever bytes the log contains', async () => {
    const half = Math.floor(lines.length / 2);
    writeFileSync(
      path,
      Buffer.from(`caf\u00e9 \u2028 ${'\u00ff'.repeat(90)}\n${lines.slice(0, half).join('\n')}\n`, 'latin1'),
    );
    const log = new PostfixLog(path);
    await log.lookUp(ALL, LONG_AGO);
    appendFileSync(path, lines.slice(half).join('\n'));
    expect(await kindsOf(log)).toEqual(['0 sent', '1 taken', '2 bounced']);
  });

  it('fails if a rotated log cannot be decompressed, and reads it once it can', async () => {
    writeFileSync(path, REAL);
    const old = join(folder, 'mail.log.1.gz');
    const whole = gzipSync(Buffer.from(REAL));
    writeFileSync(old, whole.subarray(0, whole.length / 2));
    const log = new PostfixLog(path);
    await expect(log.lookUp(ALL, LONG_AGO)).rejects.toThrow('unexpected end');
    writeFileSync(old, whole);
    expect(await kindsOf(log)).toEqual(['0 sent', '1 taken', '2 bounced']);
  });

  it('fails if there is no log', async () => {
    await expect(new PostfixLog(join(folder, 'none')).lookUp(ALL, LONG_AGO)).rejects.toThrow('ENOENT');
  });
});
