import { Injectable } from '@nestjs/common';
import { Database, unnestRows } from '#database';
import { MessageEvents } from '#delivery';
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
import { DECOY_LINK, LEGAL_LINKS } from '#rendering';
import type { RawClick, InteractionId } from './click-journal.js';
import {
  REGULAR_INTERVAL_WINDOW_MS,
  burstWindowMs,
  type ClickFacts,
  type ClickVerdict,
  NEAR_MACHINE_MS,
  DECOY_WINDOW_MS,
  classifyClick,
  OPEN_WITHIN_MS,
  MAILBOX_SCANNER_REASONS,
  VERDICT_REASONS,
} from './click-verdict.js';

const ENGAGEMENT = systemActor('engagement');
/** No visitor opens a page after this time. */
const FORGET_MS = 60 * 60_000;
/** For how long a mailbox with a scanner is remembered. */
const SCANNED_MS = 90 * 24 * 60 * 60_000;

interface Subject {
  readonly messageId: MessageId;
  readonly number: number;
  readonly name: string;
  readonly settledAt: Date | null;
  readonly contactId: ContactId | null;
}

interface NearbyClick {
  readonly messageId: MessageId;
  readonly name: string;
  readonly at: Date;
  readonly isMachine: boolean;
}

interface ClassifiedClick extends NearbyClick, ClickVerdict {
  readonly id: InteractionId;
  /** How far around it other clicks share its verdict. */
  readonly reachMs: number;
}

/**
 * Judges clicks when they are written down, and again when more is known.
 * Triggers on its rows inform sequences, leads and counts:
 * libs/database/functions/sequences.enqueue_click_verdict.sql,
 * libs/database/functions/leads.enqueue_changed_click.sql,
 * libs/database/functions/insight.recount_click.sql.
 */
@Injectable()
export class ClickVerdicts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: MessageEvents,
  ) {}

  /**
   * Stores clicks, each once even if retried.
   * Clicks on deleted links are ignored.
   */
  async recordClicks(clicks: readonly RawClick[]): Promise<void> {
    await this.database.inTransaction(ENGAGEMENT, async () => {
      const subjects = await this.subjects(clicks);
      const scannedMessages = await this.scanned(clicks, subjects);
      const judged = this.classify(clicks, subjects, await this.neighbours(clicks), scannedMessages);
      await this.insert(judged);
      await this.events.recordDeliveryByClick(
        judged.map(({ messageId }) => messageId),
        'click',
      );
      for (const one of judged) await this.reviseAround(one);
    });
  }

  /** Records that the page behind a click was opened. */
  async confirmPageOpened(id: InteractionId): Promise<void> {
    await this.database.inTransaction(ENGAGEMENT, () =>
      this.database.query(
        'INSERT INTO engagement.click_opened (interaction_id, at) VALUES ($1, $2) ON CONFLICT DO NOTHING',
        [id, this.clock.now()],
      ),
    );
  }

  /**
   * A form is sent by a person, so the click before it was human.
   * Joins the open transaction.
   */
  async confirmFormSubmitted(activationId: ActivationId, contactId: ContactId): Promise<void> {
    await this.revise(
      `SELECT id, partner_id FROM engagement.interaction_with_verdict
       WHERE activation_id = $1 AND contact_id = $2 AND kind = 'click' AND verdict = 'machine' AND link_name <> $4 AND at > $3 ORDER BY at DESC LIMIT 1`,
      'human',
      VERDICT_REASONS.sentForm,
      [activationId, contactId, new Date(this.clock.now().getTime() - FORGET_MS), DECOY_LINK],
    );
  }

  /**
   * Rejects clicks whose page was not opened, of all processes.
   * Safe to run in several processes at once.
   */
  async rejectUnopened(actor: SystemActor): Promise<number> {
    const now = this.clock.now().getTime();
    return this.database.inTransaction(actor, async () => {
      await this.database.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', ['engagement.sweep']);
      return this.revise(
        `SELECT t.id, t.partner_id FROM engagement.interaction t JOIN engagement.link_target l ON l.activation_id = t.activation_id AND l.name = t.link_name
         WHERE t.kind = 'click' AND t.verdict = 'human' AND t.at BETWEEN $1 AND $2 AND l.is_ours
           AND NOT EXISTS (SELECT 1 FROM engagement.click_opened o WHERE o.interaction_id = t.id)
           AND NOT EXISTS (SELECT 1 FROM engagement.interaction_verdict v WHERE v.interaction_id = t.id)`,
        'machine',
        VERDICT_REASONS.notOpened,
        [new Date(now - FORGET_MS), new Date(now - OPEN_WITHIN_MS)],
      );
    });
  }

  /**
   * Each in the light of those before it, in the ledger and in the same batch.
   */
  private classify(
    clicks: readonly RawClick[],
    subjects: ReadonlyMap<string, Subject>,
    nearbyClicks: readonly NearbyClick[],
    scanned: ReadonlySet<MessageId>,
  ): ClassifiedClick[] {
    const around = new Map<MessageId, NearbyClick[]>();
    const note = (one: NearbyClick): unknown =>
      around.get(one.messageId)?.push(one) ?? around.set(one.messageId, [one]);
    nearbyClicks.forEach(note);
    return clicks.flatMap((click) => {
      const subject = subjects.get(keyOf(click));
      if (subject === undefined) return [];
      const { messageId, name, settledAt } = subject;
      const facts: ClickFacts = {
        ...click,
        isDecoy: name === DECOY_LINK,
        around: (around.get(messageId) ?? []).map((one) => ({
          name: one.name,
          agoMs: click.at.getTime() - one.at.getTime(),
          isDecoy: one.name === DECOY_LINK,
          isMachine: one.isMachine,
          isSameLink: one.name === name,
        })),
        wasScanned: scanned.has(messageId),
        sinceSubmissionMs: settledAt === null ? null : click.at.getTime() - settledAt.getTime(),
      };
      const judged = classifyClick(facts);
      const isMachine = judged.verdict === 'machine';
      note({ messageId, name, at: click.at, isMachine });
      return [
        {
          id: click.id,
          at: click.at,
          messageId,
          name,
          isMachine,
          ...judged,
          reachMs: sharedWindowMs(judged.why, facts),
        },
      ];
    });
  }

  /** What else was clicked in the same messages around that time. */
  private async neighbours(clicks: readonly RawClick[]): Promise<NearbyClick[]> {
    const times = clicks.map(({ at }) => at.getTime());
    return this.database.query<NearbyClick>(
      `SELECT message_id, link_name AS name, at, verdict = 'machine' AS is_machine FROM engagement.interaction
       WHERE kind IN ('click', 'legal-link') AND message_id = ANY ($1::uuid[]) AND at BETWEEN $2 AND $3`,
      [
        clicks.map(({ messageId }) => messageId),
        new Date(Math.min(...times) - NEAR_MACHINE_MS),
        new Date(Math.max(...times) + NEAR_MACHINE_MS),
      ],
    );
  }

  /** Messages to contacts whose earlier mail a program scanned. */
  private async scanned(
    clicks: readonly RawClick[],
    subjects: ReadonlyMap<string, Subject>,
  ): Promise<ReadonlySet<MessageId>> {
    const people = clicks.flatMap((click) => {
      const { contactId = null } = subjects.get(keyOf(click)) ?? {};
      return contactId === null ? [] : [{ contactId, messageId: click.messageId }];
    });
    const theirs = unnestRows(people, { contactId: 'uuid', messageId: 'uuid' }, [
      MAILBOX_SCANNER_REASONS,
      new Date(this.clock.now().getTime() - SCANNED_MS),
    ]);
    const rows = await this.database.query<{ id: MessageId }>(
      `SELECT DISTINCT given.message_id AS id FROM ${theirs.from}
       JOIN engagement.interaction_with_verdict t ON t.contact_id = given.contact_id AND t.message_id <> given.message_id
       WHERE t.kind = 'click' AND t.verdict = 'machine' AND t.why = ANY ($1) AND t.at > $2`,
      theirs.parameters,
    );
    return new Set(rows.map(({ id }) => id));
  }

  private async insert(judged: readonly ClassifiedClick[]): Promise<void> {
    const clicks = unnestRows(judged, {
      id: 'uuid',
      messageId: 'uuid',
      name: 'text',
      verdict: 'text',
      why: 'text',
      at: 'timestamptz',
      suspicion: 'text',
      kind: ['text', ({ name }) => (LEGAL_NAMES.includes(name) ? 'legal-link' : 'click')],
    });
    await this.database.query(
      `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, message_id, contact_id, step_key, variant, kind, link_name, verdict, why, at, suspicion)
       SELECT given.id, m.partner_id, m.vendor_id, m.activation_id, m.id, m.contact_id, m.step_key, m.variant, given.kind, given.name, given.verdict, given.why, given.at, given.suspicion
       FROM ${clicks.from}
       JOIN delivery.message_view m ON m.id = given.message_id ON CONFLICT DO NOTHING`,
      clicks.parameters,
    );
  }

  /** The first clicks of a burst, and those before the decoy, looked human. */
  private async reviseAround({ messageId, why, at, reachMs }: ClassifiedClick): Promise<void> {
    if (reachMs === 0) return;
    await this.revise(
      `SELECT id, partner_id FROM engagement.interaction_with_verdict WHERE message_id = $1 AND kind = 'click'
         AND verdict = 'human' AND why <> $4 AND at BETWEEN $2 AND $3`,
      'machine',
      why,
      [messageId, new Date(at.getTime() - reachMs), new Date(at.getTime() + reachMs), VERDICT_REASONS.sentForm],
    );
  }

  /**
   * @param which a SELECT of id and partner_id.
   * @returns how many were revised.
   */
  private async revise(
    which: string,
    verdict: 'human' | 'machine',
    why: string,
    parameters: unknown[],
  ): Promise<number> {
    const clicks = await this.database.query<{ id: InteractionId; partnerId: string }>(which, parameters);
    if (clicks.length === 0) return 0;
    const revised = unnestRows(
      clicks,
      {
        id: ['uuid', () => newId<Id<'interaction-verdict'>>()],
        interactionId: ['uuid', ({ id }) => id],
        partnerId: 'uuid',
      },
      [verdict, why, this.clock.now()],
    );
    await this.database.query(
      `INSERT INTO engagement.interaction_verdict (id, interaction_id, partner_id, verdict, why, at)
       SELECT id, interaction_id, partner_id, $1, $2, $3 FROM ${revised.from}`,
      revised.parameters,
    );
    return clicks.length;
  }

  private async subjects(clicks: readonly RawClick[]): Promise<Map<string, Subject>> {
    const given = unnestRows(clicks, { messageId: 'uuid', number: 'smallint' });
    const rows = await this.database.query<Subject>(
      `SELECT m.id AS message_id, l.number, l.name, m.settled_at, m.contact_id FROM delivery.message_view m
         JOIN engagement.link_target l ON l.activation_id = m.activation_id
       WHERE (m.id, l.number) IN (SELECT * FROM ${given.from})`,
      given.parameters,
    );
    return new Map(rows.map((row) => [keyOf(row), row]));
  }
}

/** How far around a click others were the same program's. */
function sharedWindowMs(why: string, { isDecoy, around }: ClickFacts): number {
  if (isDecoy) return DECOY_WINDOW_MS;
  if (why === VERDICT_REASONS.beat) return REGULAR_INTERVAL_WINDOW_MS;
  return why === VERDICT_REASONS.burst ? (burstWindowMs(around.filter(({ isSameLink }) => !isSameLink)) ?? 0) : 0;
}

/**
 * Their clicks show programs, and say nothing about interest in the campaign: a
 * kind of their own leaves them out of every count, rule and condition.
 */
const LEGAL_NAMES: readonly string[] = LEGAL_LINKS;

const keyOf = ({ messageId, number }: { messageId: MessageId; number: number }): string => `${messageId} ${number}`;
