import { Injectable, Logger } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Database } from '#database';
import {
  type FoundAtProvider,
  type MessageEvent,
  MessageEvents,
  type MessageEvidence,
  ProviderLookUps,
  repeatsAbsent,
  type UnknownMessage,
  UnknownPolicies,
} from '#delivery';
import { type MessageId, type PartnerId, systemActor } from '#kernel';
import { type LogFinding, withoutPersonalData } from '#mailer';
import { type ReadOfLog, RelayLog } from './relay-log.service.js';
import { UnknownResolutions } from './unknown-resolutions.service.js';

const LOOKER = systemActor('evidence');
const EXCERPT_CHARACTERS = 500;

const resolved = new Counter({
  name: 'throughline_unknown_resolved_total',
  help: 'Unknown messages that evidence has decided, by kind of evidence.',
  labelNames: ['evidence'],
});

/** What was found about a message, as it is stored. */
interface Evidence {
  readonly id: MessageId;
  readonly partnerId: PartnerId;
  readonly event: MessageEvent;
  readonly outcome: MessageEvidence;
}

/**
 * Looks up unknown messages in the relay's log, and at the provider behind it.
 * What is found is stored as evidence.
 * A missing message proves nothing, unless the log is complete for that period.
 * Then the message is sent again, if the vendor allows it.
 */
@Injectable()
export class UnknownEvidence {
  private readonly logger = new Logger(UnknownEvidence.name);

  constructor(
    private readonly database: Database,
    private readonly events: MessageEvents,
    private readonly providers: ProviderLookUps,
    private readonly log: RelayLog,
    private readonly policies: UnknownPolicies,
    private readonly resolutions: UnknownResolutions,
  ) {}

  /**
   * Several schedulers may run it at once, because evidence is stored once.
   * @returns the number of messages decided.
   */
  async lookUp(): Promise<number> {
    const { found, absent } = await this.log.read();
    const all = [...found.map(evidenceInLog), ...(await this.providers.lookUpDue()).map(evidenceOf)];
    for (const evidence of all) await this.decide(evidence);
    return all.length + (await this.repeat(absent));
  }

  /**
   * Repeats messages that are missing in a complete log, if the vendor allows
   * it.
   * @returns the number of repeated messages.
   */
  private async repeat(absent: readonly UnknownMessage[]): Promise<number> {
    const policies = await this.policies.forVendors(LOOKER, [...new Set(absent.map(({ vendorId }) => vendorId))]);
    const allowed = absent.filter(({ vendorId, attempt }) => {
      const policy = policies.get(vendorId);
      return policy !== undefined && repeatsAbsent(policy, attempt);
    });
    let repeated = 0;
    for (const message of allowed) if (await this.redrive(message)) repeated += 1;
    return repeated;
  }

  private async redrive({ id, partnerId, fence }: UnknownMessage): Promise<boolean> {
    const isDecided = await this.database.inTransaction(LOOKER, async () => {
      if ((await this.resolutions.resolve(LOOKER, [{ id, fence }], 'redrive')) === 0) return false;
      await this.events.record({ messageId: id, partnerId }, absenceOf(id, fence), null);
      return true;
    });
    if (!isDecided) return false;
    resolved.inc({ evidence: 'absent' });
    this.logger.log(`Message ${id} is sent again: the relay's log is complete for that period and does not have it.`);
    return true;
  }

  private async decide({ id, partnerId, event, outcome }: Evidence): Promise<void> {
    const isNew = await this.database.inTransaction(systemActor('evidence', { partnerId }), () =>
      this.events.record({ messageId: id, partnerId }, event, outcome),
    );
    if (!isNew) return;
    resolved.inc({ evidence: OUTCOME_WORD[outcome.state] });
    this.logger.log(`Message ${id} is no longer unknown: ${event.why}.`);
  }
}

const OUTCOME_WORD = { accepted: 'taken', delivered: 'sent', bounced: 'bounced', complained: 'sent' } as const;

function evidenceInLog({ message: { id, partnerId }, finding }: ReadOfLog['found'][number]): Evidence {
  return { id, partnerId, event: eventOf(finding), outcome: outcomeOf(finding) };
}

/**
 * `sourceId` contains the attempt. Otherwise evidence of a repeated attempt
 * would be ignored as a duplicate.
 */
function evidenceOf({ id, partnerId, attempt, provider, relayId, finding }: FoundAtProvider): Evidence {
  const isDelivered = finding.kind === 'delivered';
  return {
    id,
    partnerId,
    event: {
      source: `${provider}-search`,
      sourceId: `${relayId} ${id} ${attempt} ${finding.kind}`,
      kind: isDelivered ? 'delivered' : 'underway',
      why: isDelivered ? `the next server accepted it, according to ${provider}` : `${provider} has it`,
      status: null,
      reporter: provider,
      excerpt: withoutPersonalData(finding.text).slice(0, EXCERPT_CHARACTERS),
    },
    outcome: { state: isDelivered ? 'delivered' : 'accepted' },
  };
}

const WHY = {
  taken: "it was in the queue, according to the relay's log",
  sent: "the next server accepted it, according to the relay's log",
  bounced: "it bounced, according to the relay's log",
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

const absenceOf = (id: MessageId, fence: number): MessageEvent => ({
  source: 'postfix-log',
  sourceId: `absent ${id} ${fence}`,
  kind: 'absent',
  why: "the relay's log is complete for that period and does not have it",
  status: null,
  reporter: null,
  excerpt: '',
});

function outcomeOf({ kind, bounce }: LogFinding): MessageEvidence {
  if (kind === 'bounced') return { state: 'bounced', kind: bounce };
  return { state: kind === 'sent' ? 'delivered' : 'accepted' };
}
