import { MINUTE_MS } from '#kernel';
import { openMailSink, type MailSink } from '../support/mail-sink.js';
import { openTestProduct, type TestProduct } from '../support/test-product.js';
import { until } from '../support/until.js';

/**
 * Mail servers that refuse whatever comes, by a bare code: no 4.7.x, no 4.4.x,
 * nothing that says it is about all of us.
 */
describe('a group of mail servers that refuses without a reason', () => {
  let stage: TestProduct;
  let sink: MailSink;
  let code = 451;
  let isMute = true;
  const asked: string[] = [];

  beforeAll(async () => {
    sink = await openMailSink((address) => {
      if (!address.endsWith('@mute.example')) return null;
      asked.push(address);
      return isMute ? { code, text: 'try again later' } : null;
    });
    stage = await openTestProduct({ SMTP_URL: sink.url });
    // Domains that the same servers serve.
    await stage.api.asOwner(
      `INSERT INTO delivery.mail_group (domain, mail_group, next_look_at) VALUES ('also-mute.example', 'mute.example', now() + interval '1 day')`,
    );
  });
  beforeEach(() => {
    stage.toWorkingHours();
    isMute = true;
    asked.length = 0;
  });
  afterAll(async () => {
    await stage.close();
    await sink.close();
  });

  const launchTo = async (emails: readonly string[]): Promise<void> => {
    const campaign = await stage.anotherCampaign();
    const list = await stage.aList(
      stage.partner.owner,
      emails.map((email) => ({ email })),
    );
    await stage.launch(stage.partner.owner, { versionId: campaign.versionId, listId: list.id }).expect(201);
  };
  const mute = async (): Promise<{ group: string; refusals: number; until: Date; said: string }[]> =>
    stage.api.asOwner(
      `SELECT mail_group AS "group", refusals, paused_until AS until, smtp_text AS said FROM delivery.destination`,
    );
  const waiting = async (domain: string): Promise<number> =>
    (
      await stage.api.asOwner<{ n: number }>(
        `SELECT count(*)::int AS n FROM delivery.message m JOIN contacts.contact c ON c.id = m.contact_id WHERE c.email LIKE '%@' || $1 AND m.state = 'planned'`,
        [domain],
      )
    )[0]!.n;

  it.each([451, 450, 421])(
    'waits as one after five times %s, holds up nobody else, and goes on when it takes mail again',
    async (bare) => {
      code = bare;
      const people = Array.from({ length: 7 }, (_, n) => `person${bare}${n}@mute.example`);
      const others = [0, 1, 2].map((n) => `person${bare}${n}@fine.example`);
      await launchTo([...people, ...others]);
      const isHeld = async (): Promise<boolean> => {
        // What was refused alone is tried again after its own minutes; 421
        // leaves the relay alone for seconds.
        await stage.api.asOwner(
          `UPDATE delivery.message SET retry_at = least(retry_at, now()) WHERE retry_at IS NOT NULL AND state = 'planned'`,
        );
        return (await mute()).length > 0;
      };
      await until(isHeld, 'the pause of the group');
      expect(await mute()).toMatchObject([{ group: 'mute.example', refusals: 1, said: 'try again later' }]);
      await until(() => others.every((email) => sink.to(email).length === 1), 'the mail of others');

      // Another domain of the same servers waits before its first try.
      await launchTo([`late${bare}@also-mute.example`]);
      await until(async () => (await waiting('also-mute.example')) === 1);
      expect(sink.to(`late${bare}@also-mute.example`)).toEqual([]);
      const before = asked.length;
      expect(before).toBeGreaterThanOrEqual(5);

      isMute = false;
      for (let n = 0; n < 10 && (await waiting('mute.example')) > 0; n += 1) {
        stage.api.clock.advance(2 * MINUTE_MS);
        // Not every two minutes bring a try.
        const tries = asked.length;
        const isOver = async (): Promise<boolean> => asked.length > tries || (await waiting('mute.example')) === 0;
        await until(isOver, 'the next try', 2_000).catch(() => undefined);
      }
      await until(
        () => [...people, `late${bare}@also-mute.example`].every((email) => sink.to(email).length === 1),
        'the mail that waited',
      );
      expect(
        sink.mails.filter(({ to }) => [to].flat().some((header) => header?.text.includes(`person${bare}`))),
      ).toHaveLength(10);
      await stage.api.asOwner('DELETE FROM delivery.destination');
    },
  );
});
