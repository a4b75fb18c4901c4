import { Inject, Injectable } from '@nestjs/common';
import { Activations, type RunningActivation } from '#activations';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { SendPolicy } from '#contacts';
import { Database } from '#database';
import { Halts } from '#delivery';
import { Accounts, SystemMail } from '#identity';
import { Jobs } from '#jobs';
import {
  type ActivationId,
  Clock,
  type ContactId,
  type EnrolmentId,
  type PartnerId,
  type SystemActor,
  systemActor,
} from '#kernel';
import { type ActionStep, isAction, stepOf } from '#sequencing';
import { WebhookEvents } from '#webhooks';
import { noticeOf } from './people-notice.js';
import { EXIT_REASONS, type ReasonCode } from './reason.js';
import { PERFORM_ACTION } from './sequences.jobs.js';

/** Names one execution of an action. */
export interface ActionRef {
  readonly partnerId: PartnerId;
  readonly enrolmentId: EnrolmentId;
  readonly stepKey: string;
  readonly round: number;
}

/** Makes a lead of a contact, in the open transaction; the lib of leads stands beside this one. */
export type MakeLead = (
  actor: SystemActor,
  lead: { contactId: ContactId; activationId: ActivationId },
) => Promise<void>;

interface Subject {
  readonly actor: SystemActor;
  readonly ref: ActionRef;
  readonly running: RunningActivation;
  readonly contactId: ContactId;
}
type Outcome = { readonly outcome: 'sent' | 'skipped'; readonly reason: ReasonCode };

/** While an activation is held or halted its actions are looked at again after this. */
const LOOK_AGAIN_MS = 30_000;

/** Does what is no e-mail: tells people and systems, makes posts ready and leads. */
@Injectable()
export class StepActions {
  // More parameters than elsewhere: each kind of action has somebody of its own who does it.
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly halts: Halts,
    private readonly activations: Activations,
    private readonly policy: SendPolicy,
    private readonly profiles: BrandProfiles,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    private readonly webhooks: WebhookEvents,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /** Does an action once, with its outcome in the same transaction, however often it is asked to. */
  async perform(ref: ActionRef, makeLead: MakeLead): Promise<void> {
    const actor = systemActor('scheduler', { partnerId: ref.partnerId });
    await this.database.inTransaction(actor, async () => {
      const [open] = await this.database.query<{ activationId: ActivationId; contactId: ContactId }>(
        `SELECT activation_id AS "activationId", contact_id AS "contactId" FROM sequences.step_execution
         WHERE enrolment_id = $1 AND step_key = $2 AND occurrence = $3 AND outcome = 'pending' FOR UPDATE`,
        [ref.enrolmentId, ref.stepKey, ref.round],
      );
      if (open === undefined) return;
      const running = await this.activations.forSending(actor, open.activationId);
      const halts = await this.halts.inForce(actor);
      const isHalted = halts.covers({ ...running.activation, activationId: open.activationId });
      if (running.activation.status === 'held' || isHalted) {
        await this.jobs.enqueue(PERFORM_ACTION, { ...ref }, LOOK_AGAIN_MS);
        return;
      }
      const subject: Subject = { actor, ref, running, contactId: open.contactId };
      await this.settle(ref, (await this.refusal(subject)) ?? (await this.act(subject, makeLead)));
    });
  }

  /** Looked at when it is done, not when it was planned. */
  private async refusal({ actor, running, contactId }: Subject): Promise<Outcome | null> {
    const { activation, versionLive } = running;
    const skipped = (reason: ReasonCode): Outcome => ({ outcome: 'skipped', reason });
    if (!versionLive) return skipped('version-ended');
    if (activation.status !== 'active' && activation.status !== 'completed') return skipped('activation-over');
    const decisions = await this.policy.decide(actor, activation.vendorId, [contactId], this.clock.now());
    const decision = decisions.get(contactId);
    if (decision === undefined) return skipped('contact-gone');
    return !decision.send && EXIT_REASONS.has(decision.reason) ? skipped(decision.reason) : null;
  }

  private async act(subject: Subject, makeLead: MakeLead): Promise<Outcome> {
    const { actor, ref, running, contactId } = subject;
    const activationId = running.activation.id;
    const step = stepOf(running.sequence, ref.stepKey);
    if (step === undefined || !isAction(step) || step.kind === 'email')
      throw new Error(`The step ${ref.stepKey} is no action that is done here.`);
    switch (step.kind) {
      case 'post':
        return { outcome: 'sent', reason: await this.makeReady(subject, step.post) };
      case 'notify':
        await this.tellPeople(subject, step);
        return { outcome: 'sent', reason: 'people-told' };
      case 'lead':
        await makeLead(actor, { contactId, activationId });
        return { outcome: 'sent', reason: 'lead-made' };
      case 'webhook': {
        const { enrolmentId, stepKey } = ref;
        const data = { activationId, enrolmentId, contactId, stepKey, name: step.webhook };
        await this.webhooks.emit({ kind: 'partner', id: ref.partnerId }, 'sequence.step-reached', data);
        return { outcome: 'sent', reason: 'webhook-told' };
      }
    }
  }

  /** Whoever comes to the post first makes it ready for all. */
  private async makeReady({ actor, ref, running }: Subject, post: string): Promise<ReasonCode> {
    const { id } = running.activation;
    const ready = await this.database.query(
      'INSERT INTO sequences.ready_post (activation_id, post_key, partner_id, ready_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1',
      [id, post, ref.partnerId, this.clock.now()],
    );
    if (ready.length > 0)
      await this.post(actor, ref.partnerId, {
        kind: 'post',
        url: `${this.config.PUBLIC_URL}/activations/${id}`,
        locale: running.activation.locale,
      });
    return 'post-ready';
  }

  private async tellPeople(
    { actor, ref, running, contactId }: Subject,
    step: ActionStep & { kind: 'notify' },
  ): Promise<void> {
    const { locale } = running.activation;
    const texts = running.notices[step.notify] ?? {};
    await this.post(actor, ref.partnerId, {
      kind: 'notify',
      words: texts[locale] ?? Object.values(texts)[0] ?? '',
      url: `${this.config.PUBLIC_URL}/contacts/${contactId}`,
      locale,
    });
  }

  private async post(actor: SystemActor, partnerId: PartnerId, about: Parameters<typeof noticeOf>[0]): Promise<void> {
    const { subject, text, html } = noticeOf(about);
    for (const to of await this.people(actor, partnerId)) await this.mail.post({ to, subject, text, html });
  }

  /** Whom the brand profile names; without such an address, the owners. */
  private async people(actor: SystemActor, partnerId: PartnerId): Promise<string[]> {
    const { contact } = await this.profiles.current(actor);
    if (contact.email !== null) return [contact.email];
    const team = await this.accounts.team(actor, partnerId);
    return team.filter(({ role }) => role === 'owner').map(({ email }) => email);
  }

  private async settle({ enrolmentId, stepKey, round }: ActionRef, { outcome, reason }: Outcome): Promise<void> {
    await this.database.query(
      'UPDATE sequences.step_execution SET outcome = $4, reason = $5, decided_at = $6 WHERE enrolment_id = $1 AND step_key = $2 AND occurrence = $3',
      [enrolmentId, stepKey, round, outcome, reason, this.clock.now()],
    );
  }
}
