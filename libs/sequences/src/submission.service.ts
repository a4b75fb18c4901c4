import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { Activations, type RunningActivation } from '#activations';
import { type SendingIdentity, SendingIdentities } from '#brand';
import { CONFIG, type Config } from '#config';
import type { SignedReceipt } from '#contracts';
import { type ContactForSending, Contacts, FrequencyCaps, SendPolicy } from '#contacts';
import { Database } from '#database';
import { type LeasedMessage, Ledger, SendJournal } from '#delivery';
import { Engagement } from '#engagement';
import {
  type ActivationId,
  Clock,
  type ContactId,
  type Locale,
  type MessageId,
  type PartnerId,
  type SystemActor,
  systemActor,
} from '#kernel';
import { MailTransport } from '#mailer';
import { buildMime, encodeText, formatAddress } from '#rendering';
import { ContactFrequency } from './contact-frequency.service.js';
import { MessageSeals } from './message-seals.service.js';
import type { ReasonCode } from './reason.js';
import { StepOutcomes } from './step-outcomes.service.js';

interface Draft {
  readonly message: LeasedMessage;
  readonly running: RunningActivation;
  readonly contact: ContactForSending;
  readonly identity: SendingIdentity;
  readonly consentRecordId: string;
  readonly locale: Locale;
}
interface Built extends Draft {
  readonly raw: Buffer;
  readonly receipt: SignedReceipt;
}

const messages = new Counter({
  name: 'throughline_messages_total',
  help: 'Messages by what became of them.',
  labelNames: ['outcome'],
});
const lateness = new Histogram({
  name: 'throughline_handover_seconds',
  help: 'Time from planning a message to its outcome.',
  buckets: [0.1, 0.5, 1, 5, 30, 300],
});

/** How long before the lease ends nothing may be begun any more. */
const GUARD_MS = 60_000;

/** From leased messages to outcomes: read the steps of `submit` as the specification. */
@Injectable()
export class Submission implements OnApplicationShutdown {
  private journalOfProcess: SendJournal | null = null;

  // More parameters than elsewhere: sending is where everything is checked once more.
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
    private readonly activations: Activations,
    private readonly outcomes: StepOutcomes,
    private readonly contacts: Contacts,
    private readonly policy: SendPolicy,
    private readonly caps: FrequencyCaps,
    private readonly frequency: ContactFrequency,
    private readonly identities: SendingIdentities,
    private readonly engagement: Engagement,
    private readonly transport: MailTransport,
    private readonly seals: MessageSeals,
    @Inject(CONFIG) private readonly config: Pick<Config, 'JOURNAL_FOLDER' | 'MAIL_DOMAIN' | 'PUBLIC_URL'>,
  ) {}

  /** Settles what dead processes left on this disk, before anything new is sent. */
  async recover(): Promise<void> {
    const alive = (pid: number): boolean => {
      try {
        process.kill(pid, 0);
        return pid !== process.pid;
      } catch {
        return false;
      }
    };
    const left = SendJournal.takeOver(this.config.JOURNAL_FOLDER, alive);
    if (left.mine.length > 0) await this.ledger.recover(left);
    this.journalOfProcess = new SendJournal(this.config.JOURNAL_FOLDER);
    await this.outcomes.catchUp();
  }

  onApplicationShutdown(): void {
    this.journalOfProcess?.close();
    this.journalOfProcess = null;
  }

  async submit(partnerId: PartnerId, claims: readonly { id: MessageId; fence: number }[]): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    const beganAt = performance.now();
    const leased = await this.ledger.leased(actor, claims);
    const running = await this.refuseNotRunning(actor, leased);
    const drafts = await this.handOff(actor, running);
    const built = await this.personalise(actor, drafts);
    await this.seals.keep(
      actor,
      partnerId,
      built.map(({ receipt }) => receipt),
    );
    await Promise.all(built.map((message) => this.handOver(actor, message, beganAt)));
    await this.outcomes.conclude(
      partnerId,
      leased.map(({ activationId }) => activationId),
    );
  }

  /** Held: back to waiting. Over: skipped with its reason. */
  private async refuseNotRunning(
    actor: SystemActor,
    leased: readonly LeasedMessage[],
  ): Promise<{ message: LeasedMessage; running: RunningActivation }[]> {
    const kept: { message: LeasedMessage; running: RunningActivation }[] = [];
    const known = new Map<ActivationId, RunningActivation>();
    for (const message of leased) {
      const { activationId } = message;
      const running = known.get(activationId) ?? (await this.activations.forSending(actor, activationId));
      known.set(activationId, running);
      if (running.activation.status === 'active' && running.versionLive) kept.push({ message, running });
      else await this.skip(actor, message, running, running.versionLive ? 'activation-over' : 'version-ended');
    }
    return kept;
  }

  /** Suppression, consent and cap are looked at in the very transaction that takes the message out of reach of others. */
  private async handOff(
    actor: SystemActor,
    candidates: readonly { message: LeasedMessage; running: RunningActivation }[],
  ): Promise<Draft[]> {
    const [first] = candidates;
    if (first === undefined) return [];
    const { vendorId } = first.message;
    const identity = await this.identities.forMembership(actor, vendorId);
    const refused: { message: LeasedMessage; running: RunningActivation; reason: ReasonCode }[] = [];
    const drafts = await this.database.inTransaction(actor, async () => {
      const ids = candidates.map(({ message }) => message.contactId);
      const now = this.clock.now();
      const decisions = await this.policy.decide(actor, vendorId, ids, now);
      const tooSoon = await this.frequency.tooSoon(actor, ids, now);
      const allowed = ids.filter((id) => decisions.get(id)?.send === true && !tooSoon.has(id));
      const withinCap = identity.maySend
        ? await this.caps.reserve(actor, vendorId, allowed, now)
        : new Set<ContactId>();
      const contacts = new Map((await this.contacts.byIds(actor, allowed)).map((contact) => [contact.id, contact]));
      const locales = await this.locales(candidates.map(({ message }) => message));
      const passed: Draft[] = [];
      for (const { message, running } of candidates) {
        const decision = decisions.get(message.contactId);
        const contact = contacts.get(message.contactId);
        if (!identity.maySend) refused.push({ message, running, reason: 'identity-blocked' });
        else if (decision?.send !== true)
          refused.push({ message, running, reason: decision?.reason ?? 'contact-gone' });
        else if (tooSoon.has(message.contactId)) refused.push({ message, running, reason: 'prefers-fewer' });
        else if (!withinCap.has(message.contactId) || contact === undefined)
          refused.push({ message, running, reason: 'contact-policy' });
        else
          passed.push({
            message,
            running,
            contact,
            identity,
            consentRecordId: decision.consentRecordId,
            locale: locales.get(message.enrolmentId) ?? running.activation.locale,
          });
      }
      const moved = await this.ledger.handOff(
        passed.map(({ message, consentRecordId }) => ({ id: message.id, fence: message.fence, consentRecordId })),
      );
      return passed.filter(({ message }) => moved.has(message.id));
    });
    this.journal.inHand(drafts.map(({ message }) => message.id));
    for (const { message, running, reason } of refused) await this.skip(actor, message, running, reason);
    return drafts;
  }

  private async locales(messages: readonly LeasedMessage[]): Promise<Map<string, Locale>> {
    const rows = await this.database.query<{ id: string; locale: Locale }>(
      'SELECT id, locale FROM sequences.enrolment WHERE id = ANY ($1)',
      [messages.map(({ enrolmentId }) => enrolmentId)],
    );
    return new Map(rows.map(({ id, locale }) => [id, locale]));
  }

  private async personalise(actor: SystemActor, drafts: readonly Draft[]): Promise<Built[]> {
    const built: Built[] = [];
    const names = new Map<ActivationId, string[]>();
    for (const draft of drafts) {
      const { activationId } = draft.message;
      const known = names.get(activationId) ?? (await this.engagement.linkNames(actor, activationId));
      names.set(activationId, known);
      const result = await this.build(actor, draft, known);
      if (typeof result !== 'string') built.push(result);
      else {
        await this.ledger.settle(draft.message, { kind: 'permanent', code: 0, text: result }, '');
        await this.outcomes.record(actor, draft, 'failed', result);
      }
    }
    return built;
  }

  private async build(actor: SystemActor, draft: Draft, linkNames: readonly string[]): Promise<Built | ReasonCode> {
    const { message, contact, identity, running, locale } = draft;
    const email = await this.seals.email(actor, message.activationId, message.emailKey, locale);
    if (email === null) return 'seal-broken';
    const unsubscribe = this.engagement.unsubscribeUrl(message.id);
    const address = `${message.id}@${this.config.MAIL_DOMAIN}`;
    const policy = { publicOrigin: new URL(this.config.PUBLIC_URL).origin, partnerHosts: [] };
    const recipient = {
      firstName: contact.firstName,
      lastName: contact.lastName,
      company: contact.company,
      email: contact.email,
      industry: contact.industry,
      persona: contact.persona,
      stage: contact.stage,
      segment: null,
      country: contact.country,
      links: this.engagement.linksOf(message.id, linkNames),
    };
    const result = buildMime(email.prepared, recipient, policy, encodeText, {
      messageId: address,
      headers: [
        ['From', formatAddress({ name: identity.fromName, address: identity.fromAddress })],
        ...(identity.replyTo === null
          ? []
          : [['Reply-To', formatAddress({ name: identity.fromName, address: identity.replyTo })] as const]),
        [
          'To',
          formatAddress({
            name: [contact.firstName, contact.lastName].filter((part) => part !== null).join(' '),
            address: contact.email,
          }),
        ],
        ['Date', this.clock.now().toUTCString().replace('GMT', '+0000')],
        ['Message-ID', `<${address}>`],
        ['List-Unsubscribe', `<${unsubscribe}>, <mailto:leave+${message.id}@${this.config.MAIL_DOMAIN}>`],
        ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
        ['List-Id', `<${running.activation.id}.${this.config.MAIL_DOMAIN}>`],
        ['Feedback-ID', `${running.activation.id}:${message.partnerId}:throughline`],
      ],
    });
    if (!result.ok) return 'field-missing';
    const receipt = await this.seals.seal(message, email, result.raw, recipient);
    return receipt === null ? 'seal-broken' : { ...draft, raw: result.raw, receipt };
  }

  private async handOver(actor: SystemActor, built: Built, beganAt: number): Promise<void> {
    const { message, contact } = built;
    const outcome = await this.transport.handOver(
      { from: this.engagement.returnPath(message.id), to: contact.email },
      built.raw,
      {
        beforeDot: () => {
          // A process that was paused must not go on under a lease that others believe is over.
          if (performance.now() - beganAt > 14 * 60_000 - GUARD_MS) throw new Error('The lease is nearly over.');
          this.journal.begin(message.id);
        },
        accepted: () => {
          this.journal.accepted(message.id);
        },
      },
    );
    const state = await this.ledger.settle(message, outcome, built.receipt.payload.hashes.bytes);
    messages.inc({ outcome: state });
    lateness.observe((performance.now() - beganAt) / 1000);
    if (outcome.kind === 'transient')
      await this.caps.release(actor, message.vendorId, [message.contactId], this.clock.now());
    if (state === 'accepted') await this.outcomes.record(actor, built, 'sent', 'sent');
    else if (state === 'failed') await this.outcomes.record(actor, built, 'failed', 'refused-by-relay');
    else if (state === 'unknown') await this.outcomes.record(actor, built, 'failed', 'no-answer-after-dot');
  }

  private async skip(
    actor: SystemActor,
    message: LeasedMessage,
    running: RunningActivation,
    reason: ReasonCode,
  ): Promise<void> {
    if (running.activation.status === 'held') {
      await this.waitAgain(actor, message);
      return;
    }
    if (!(await this.ledger.skip(message, reason))) return;
    messages.inc({ outcome: 'skipped' });
    await this.outcomes.record(actor, { message, running }, 'skipped', reason);
  }

  /** Held between claim and hand-over: the message stays planned until the activation is resumed. */
  private async waitAgain(actor: SystemActor, message: LeasedMessage): Promise<void> {
    await this.database.inTransaction(actor, () =>
      this.database.query(
        `UPDATE delivery.message SET state = 'planned', lease_until = NULL, retry_at = now() + interval '30 seconds' WHERE id = $1 AND fence = $2 AND state = 'leased'`,
        [message.id, message.fence],
      ),
    );
  }

  private get journal(): SendJournal {
    return (this.journalOfProcess ??= new SendJournal(this.config.JOURNAL_FOLDER));
  }
}
