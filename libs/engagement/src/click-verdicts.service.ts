import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import {
  type ActivationId,
  Clock,
  type ContactId,
  type Id,
  type MessageId,
  newId,
  type SystemActor,
  systemActor,
} from '#kernel';
import { DECOY_LINK } from '#rendering';
import type { RawClick, TouchId } from './click-journal.js';
import { BURST, DECOY_REACH_MS, judgeClick, OPEN_WITHIN_MS, WHY } from './click-verdict.js';

const JUDGE = systemActor('engagement');
/** Later than this nobody comes back to a page. */
const FORGET_MS = 60 * 60_000;

interface Subject {
  readonly messageId: MessageId;
  readonly number: number;
  readonly name: string;
  readonly settledAt: Date | null;
}

/** Judges clicks when they are written down, and again when more is known. */
@Injectable()
export class ClickVerdicts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Writes clicks down, each once however often it is tried; those of links that are not (any more) are passed over. */
  async write(clicks: readonly RawClick[]): Promise<void> {
    await this.database.inTransaction(JUDGE, async () => {
      const subjects = await this.subjects(clicks);
      for (const click of clicks) {
        const subject = subjects.get(keyOf(click));
        if (subject !== undefined) await this.writeOne(click, subject);
      }
    });
  }

  /** The page behind a click was opened: whoever asked went on from the redirect. */
  async opened(id: TouchId): Promise<void> {
    await this.database.inTransaction(JUDGE, () =>
      this.database.query('INSERT INTO engagement.click_opened (touch_id, at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
        id,
        this.clock.now(),
      ]),
    );
  }

  /** Who sends a form is a person, and so was the click before it; in the open transaction. */
  async sentForm(activationId: ActivationId, contactId: ContactId): Promise<void> {
    await this.revise(
      `SELECT id, partner_id FROM engagement.judged_touch
       WHERE activation_id = $1 AND contact_id = $2 AND kind = 'click' AND verdict = 'machine' AND link_name <> $4 AND at > $3 ORDER BY at DESC LIMIT 1`,
      'human',
      WHY.sentForm,
      [activationId, contactId, new Date(this.clock.now().getTime() - FORGET_MS), DECOY_LINK],
    );
  }

  /** Clicks that led to a page of ours which then was not opened, in any process. Safe in all of them at once. */
  async sweep(actor: SystemActor, pagesUrl: string): Promise<number> {
    const now = this.clock.now().getTime();
    return this.database.inTransaction(actor, async () => {
      await this.database.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', ['engagement.sweep']);
      return this.revise(
        `SELECT t.id, t.partner_id FROM engagement.touch t JOIN engagement.link_target l ON l.activation_id = t.activation_id AND l.name = t.link_name
         WHERE t.kind = 'click' AND t.verdict = 'human' AND t.at BETWEEN $1 AND $2 AND starts_with(l.url, $3)
           AND NOT EXISTS (SELECT 1 FROM engagement.click_opened o WHERE o.touch_id = t.id)
           AND NOT EXISTS (SELECT 1 FROM engagement.touch_verdict v WHERE v.touch_id = t.id)`,
        'machine',
        WHY.notOpened,
        [new Date(now - FORGET_MS), new Date(now - OPEN_WITHIN_MS), pagesUrl],
      );
    });
  }

  private async writeOne(click: RawClick, { messageId, name, settledAt }: Subject): Promise<void> {
    const around = (ms: number): Date[] => [new Date(click.at.getTime() - ms), new Date(click.at.getTime() + ms)];
    const [beside] = await this.database.query<{ others: number; atOnce: number; decoy: boolean }>(
      `SELECT count(DISTINCT link_name) FILTER (WHERE at BETWEEN $3 AND $4)::int AS others,
         count(DISTINCT link_name) FILTER (WHERE at BETWEEN $5 AND $6)::int AS "atOnce", coalesce(bool_or(link_name = $9), false) AS decoy
       FROM engagement.touch WHERE message_id = $1 AND kind = 'click' AND link_name <> $2 AND at BETWEEN $7 AND $8`,
      [
        messageId,
        name,
        ...around(BURST.withinMs),
        ...around(BURST.atOnceMs),
        ...around(Math.max(BURST.withinMs, DECOY_REACH_MS)),
        DECOY_LINK,
      ],
    );
    const { others = 0, atOnce = 0, decoy = false } = beside ?? {};
    const { verdict, why } = judgeClick({
      ...click,
      isDecoy: name === DECOY_LINK,
      isNearDecoy: decoy,
      otherLinks: others,
      otherLinksAtOnce: atOnce,
      sinceHandOverMs: settledAt === null ? null : click.at.getTime() - settledAt.getTime(),
    });
    await this.database.query(
      `INSERT INTO engagement.touch (id, partner_id, vendor_id, activation_id, message_id, contact_id, kind, link_name, verdict, why, at)
       SELECT $1, partner_id, vendor_id, activation_id, id, contact_id, 'click', $3, $4, $5, $6 FROM delivery.message WHERE id = $2 ON CONFLICT DO NOTHING`,
      [click.id, messageId, name, verdict, why, click.at],
    );
    // The first links of a burst looked like anybody's, and so did those before the decoy.
    if (why !== WHY.burst && name !== DECOY_LINK) return;
    const reachMs = name === DECOY_LINK ? DECOY_REACH_MS : others >= BURST.links ? BURST.withinMs : BURST.atOnceMs;
    await this.revise(
      `SELECT id, partner_id FROM engagement.judged_touch WHERE message_id = $1 AND kind = 'click' AND verdict = 'human' AND why <> $4 AND at BETWEEN $2 AND $3`,
      'machine',
      why,
      [messageId, ...around(reachMs), WHY.sentForm],
    );
  }

  /** @param which a SELECT of id and partner_id. @returns how many were revised. */
  private async revise(
    which: string,
    verdict: 'human' | 'machine',
    why: string,
    parameters: unknown[],
  ): Promise<number> {
    const clicks = await this.database.query<{ id: TouchId; partner_id: string }>(which, parameters);
    await this.database.query(
      `INSERT INTO engagement.touch_verdict (id, touch_id, partner_id, verdict, why, at)
       SELECT r.id, r.touch, r.partner, $4, $5, $6 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) r (id, touch, partner)`,
      [
        clicks.map(() => newId<Id<'touch-verdict'>>()),
        clicks.map(({ id }) => id),
        clicks.map((click) => click.partner_id),
        verdict,
        why,
        this.clock.now(),
      ],
    );
    return clicks.length;
  }

  private async subjects(clicks: readonly RawClick[]): Promise<Map<string, Subject>> {
    const rows = await this.database.query<Subject>(
      `SELECT m.id AS "messageId", l.number, l.name, m.settled_at AS "settledAt" FROM delivery.message m JOIN engagement.link_target l ON l.activation_id = m.activation_id
       WHERE (m.id, l.number) IN (SELECT * FROM unnest($1::uuid[], $2::smallint[]))`,
      [clicks.map(({ messageId }) => messageId), clicks.map(({ number }) => number)],
    );
    return new Map(rows.map((row) => [keyOf(row), row]));
  }
}

const keyOf = ({ messageId, number }: { messageId: MessageId; number: number }): string => `${messageId} ${number}`;
