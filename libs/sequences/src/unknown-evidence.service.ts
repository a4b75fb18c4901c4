import { Inject, Injectable, Logger } from '@nestjs/common';
import { Counter } from 'prom-client';
import { CONFIG, type Config } from '#config';
import { Database } from '#database';
import {
  type LookedUp,
  type MessageEvent,
  MessageEvents,
  type MessageEvidence,
  ProviderLookUps,
  type UnknownMessage,
  UnknownMessages,
} from '#delivery';
import { type MessageId, type PartnerId, systemActor } from '#kernel';
import { type LogFinding, PostfixLog, withoutAddresses } from '#mailer';

const LOOKER = systemActor('evidence');
const EXCERPT_CHARACTERS = 500;
/** A message becomes unknown when its lease is over at the latest, which is two hours at most. */
const LOG_REACH_MS = 3 * 3_600_000;

const resolved = new Counter({
  name: 'throughline_unknown_resolved_total',
  help: 'Unknown messages that evidence has decided, by what it told.',
  labelNames: ['evidence'],
});

/** What was found of a message, as it is written down. */
interface Evidence {
  readonly id: MessageId;
  readonly partnerId: PartnerId;
  readonly event: MessageEvent;
  readonly outcome: MessageEvidence;
}

/**
 * Looks unknown messages up where the relay can be asked: in its log, and at the provider behind it. What is found there is written down as
 * evidence; what is not proves nothing.
 */
@Injectable()
export class UnknownEvidence {
  private readonly logger = new Logger(UnknownEvidence.name);
  private readonly log: PostfixLog | null;

  constructor(
    private readonly database: Database,
    private readonly unknown: UnknownMessages,
    private readonly events: MessageEvents,
    private readonly providers: ProviderLookUps,
    @Inject(CONFIG) private readonly config: Pick<Config, 'POSTFIX_LOG' | 'MAIL_DOMAIN'>,
  ) {
    this.log = config.POSTFIX_LOG === '' ? null : new PostfixLog(config.POSTFIX_LOG);
  }

  /** Safe in every scheduler at once: what two find is written once. @returns how many were decided. */
  async lookUp(): Promise<number> {
    const found = [...(await this.inLog()), ...(await this.providers.askDue()).map(evidenceOf)];
    for (const evidence of found) await this.decide(evidence);
    return found.length;
  }

  private async inLog(): Promise<Evidence[]> {
    if (this.log === null) return [];
    const byMessageId = new Map<string, Pick<UnknownMessage, 'id' | 'partnerId'>>();
    let oldest: UnknownMessage | undefined;
    // All at once: a log is read from its beginning for whom it was not asked before.
    for await (const messages of this.unknown.pages(LOOKER)) {
      oldest ??= messages[0];
      for (const { id, partnerId } of messages) byMessageId.set(`${id}@${this.config.MAIL_DOMAIN}`, { id, partnerId });
    }
    if (oldest === undefined) return [];
    // The log's days are the machine's, which the product's calendar may be ahead of.
    const since = new Date(Math.min(oldest.unknownSince.getTime(), Date.now()) - LOG_REACH_MS);
    const found = await this.findings(this.log, new Set(byMessageId.keys()), since);
    return [...found.values()].flatMap((finding) => {
      const message = byMessageId.get(finding.messageId);
      if (message === undefined) return [];
      const { id, partnerId } = message;
      return [{ id, partnerId, event: eventOf(finding), outcome: outcomeOf(finding) }];
    });
  }

  private async findings(log: PostfixLog, ids: ReadonlySet<string>, since: Date): Promise<Map<string, LogFinding>> {
    try {
      return await log.lookUp(ids, since);
    } catch (error) {
      this.logger.warn(`POSTFIX_LOG could not be read: ${error instanceof Error ? error.message : String(error)}`);
      return new Map();
    }
  }

  private async decide({ id, partnerId, event, outcome }: Evidence): Promise<void> {
    const isNew = await this.database.inTransaction(systemActor('evidence', { partnerId }), () =>
      this.events.record({ messageId: id, partnerId }, event, outcome),
    );
    if (!isNew) return;
    resolved.inc({ evidence: WORD[outcome.state] });
    this.logger.log(`Message ${id} is no longer unknown: ${event.why}.`);
  }
}

const WORD = { accepted: 'taken', delivered: 'sent', bounced: 'bounced', complained: 'sent' } as const;

/** A try that was repeated is asked for anew, though what is found has the same name. */
function evidenceOf({ id, partnerId, attempt, provider, relayId, finding }: LookedUp): Evidence {
  const isDelivered = finding.kind === 'delivered';
  return {
    ...{ id, partnerId },
    event: {
      source: `${provider}-search`,
      sourceId: `${relayId} ${id} ${attempt} ${finding.kind}`,
      kind: isDelivered ? 'delivered' : 'underway',
      why: isDelivered ? `the next server took it, by ${provider}` : `${provider} has it`,
      ...{ status: null, reporter: provider },
      excerpt: withoutAddresses(finding.said).slice(0, EXCERPT_CHARACTERS),
    },
    outcome: { state: isDelivered ? 'delivered' : 'accepted' },
  };
}

const WHY = {
  taken: "it stood in the queue, by the relay's log",
  sent: "the next server took it, by the relay's log",
  bounced: "it came back, by the relay's log",
} as const;

function eventOf({ kind, messageId, queueId, status, line, bounce }: LogFinding): MessageEvent {
  return {
    source: 'postfix-log',
    sourceId: `${queueId} ${kind} ${messageId}`,
    kind: kind === 'bounced' ? bounce : kind === 'sent' ? 'delivered' : 'underway',
    why: WHY[kind],
    status,
    reporter: null,
    excerpt: line,
  };
}

function outcomeOf({ kind, bounce }: LogFinding): MessageEvidence {
  if (kind === 'bounced') return { state: 'bounced', kind: bounce };
  return { state: kind === 'sent' ? 'delivered' : 'accepted' };
}
