import { Inject, Injectable, Logger } from '@nestjs/common';
import { Activations, type RunningActivation } from '#activations';
import { BrandProfiles } from '#brand';
import { CONFIG, type Config } from '#config';
import { type SendDecision, SendPolicy } from '#contacts';
import { Database } from '#database';
import { Halts, ReleaseGate } from '#delivery';
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
  groupBy,
} from '#kernel';
import { type ActionStep, isAction, stepOf } from '#sequencing';
import { WebhookEvents } from '#webhooks';
import { noticeOf } from './people-notice.js';
import { isExit, type ReasonCode } from '../enrolment/reason.js';
import { PERFORM_ACTION } from '../enrolment/sequences.jobs.js';

/** Names one execution of an action of a partner's contact. */
interface ActionRef {
  readonly enrolmentId: EnrolmentId;
  readonly stepKey: string;
  readonly round: number;
}

/** Makes a lead of a contact, in the open transaction; the lib of leads stands beside this one. */
export type MakeLead = (
  actor: SystemActor,
  lead: { contactId: ContactId; activationId: ActivationId },
) => Promise<void>;

/** An action that is still to be done. */
interface OpenAction extends ActionRef {
  readonly activationId: ActivationId;
  readonly contactId: ContactId;
}
interface ActionContext {
  readonly actor: SystemActor;
  readonly partnerId: PartnerId;
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
  private readonly logger = new Logger(StepActions.name);

  // More parameters than elsewhere: each kind of action has somebody of its own who does it.
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly halts: Halts,
    private readonly gate: ReleaseGate,
    private readonly activations: Activations,
    private readonly policy: SendPolicy,
    private readonly profiles: BrandProfiles,
    private readonly accounts: Accounts,
    private readonly mail: SystemMail,
    private readonly webhooks: WebhookEvents,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL'>,
  ) {}

  /**
   * Does actions of a partner's contacts once, each with its outcome in the same transaction, however often it is asked to. Where one of
   * them fails, the others are done without it. @throws Error what the first that failed threw, once all were tried.
   */
  async perform(partnerId: PartnerId, refs: readonly ActionRef[], makeLead: MakeLead): Promise<void> {
    if (refs.length > 1)
      try {
        await this.performAll(partnerId, refs, makeLead);
        return;
      } catch (error) {
        this.logger.warn(
          `${refs.length} actions could not be done together; they are done one by one. ${String(error)}`,
        );
      }
    const failures: unknown[] = [];
    for (const ref of refs)
      await this.performAll(partnerId, [ref], makeLead).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }

  private async performAll(partnerId: PartnerId, refs: readonly ActionRef[], makeLead: MakeLead): Promise<void> {
    const actor = systemActor('scheduler', { partnerId });
    await this.database.inTransaction(actor, async () => {
      await this.gate.pass(partnerId);
      const open = await this.database.query<OpenAction>(
        `SELECT enrolment_id, step_key, occurrence AS round, activation_id, contact_id
         FROM sequences.step_execution WHERE (enrolment_id, step_key, occurrence) IN (SELECT * FROM unnest($1::uuid[], $2::text[], $3::int[]))
           AND outcome = 'pending' ORDER BY enrolment_id, step_key, occurrence FOR UPDATE`,
        [
          refs.map(({ enrolmentId }) => enrolmentId),
          refs.map(({ stepKey }) => stepKey),
          refs.map(({ round }) => round),
        ],
      );
      for (const [activationId, own] of groupBy(open, (one) => one.activationId))
        await this.performInActivation(actor, partnerId, activationId, own, makeLead);
    });
  }

  private async performInActivation(
    actor: SystemActor,
    partnerId: PartnerId,
    activationId: ActivationId,
    open: readonly OpenAction[],
    makeLead: MakeLead,
  ): Promise<void> {
    const running = await this.activations.forSending(actor, activationId);
    const halts = await this.halts.inForce(actor);
    const isHalted = halts.covers({ ...running.activation, activationId });
    if (running.activation.status === 'held' || isHalted) {
      const actions = open.map(({ enrolmentId, stepKey, round }) => ({ enrolmentId, stepKey, round }));
      await this.jobs.enqueue(PERFORM_ACTION, { partnerId, actions }, LOOK_AGAIN_MS);
      return;
    }
    const contactIds = open.map(({ contactId }) => contactId);
    const decisions = await this.policy.decide(actor, running.activation.vendorId, contactIds, this.clock.now());
    const settled: (ActionRef & Outcome)[] = [];
    for (const { contactId, ...ref } of open) {
      const subject: ActionContext = { actor, partnerId, ref, running, contactId };
      const outcome = refusal(running, decisions.get(contactId)) ?? (await this.act(subject, makeLead));
      settled.push({ ...ref, ...outcome });
    }
    await this.settle(settled);
  }

  private async act(subject: ActionContext, makeLead: MakeLead): Promise<Outcome> {
    const { actor, partnerId, ref, running, contactId } = subject;
    const activationId = running.activation.id;
    const step = stepOf(running.sequence, ref.stepKey);
    if (step === undefined || !isAction(step) || step.kind === 'email')
      throw new Error(`The step ${ref.stepKey} is no action that is done here.`);
    switch (step.kind) {
      case 'post':
        return { outcome: 'sent', reason: await this.makePostReady(subject, step.post) };
      case 'notify':
        await this.notifyPeople(subject, step);
        return { outcome: 'sent', reason: 'people-told' };
      case 'lead':
        await makeLead(actor, { contactId, activationId });
        return { outcome: 'sent', reason: 'lead-made' };
      case 'webhook': {
        const { enrolmentId, stepKey } = ref;
        const data = { activationId, enrolmentId, contactId, stepKey, name: step.webhook };
        await this.webhooks.emit({ kind: 'partner', id: partnerId }, 'sequence.step-reached', data);
        return { outcome: 'sent', reason: 'webhook-told' };
      }
    }
  }

  /** Whoever comes to the post first makes it ready for all. */
  private async makePostReady({ actor, partnerId, running }: ActionContext, post: string): Promise<ReasonCode> {
    const { id } = running.activation;
    const ready = await this.database.query(
      'INSERT INTO sequences.ready_post (activation_id, post_key, partner_id, ready_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1',
      [id, post, partnerId, this.clock.now()],
    );
    if (ready.length > 0)
      await this.sendNotice(actor, partnerId, {
        kind: 'post',
        url: `${this.config.PUBLIC_URL}/activations/${id}`,
        locale: running.activation.locale,
      });
    return 'post-ready';
  }

  private async notifyPeople(
    { actor, partnerId, running, contactId }: ActionContext,
    step: ActionStep & { kind: 'notify' },
  ): Promise<void> {
    const { locale } = running.activation;
    const texts = running.notices[step.notify] ?? {};
    await this.sendNotice(actor, partnerId, {
      kind: 'notify',
      words: texts[locale] ?? Object.values(texts)[0] ?? '',
      url: `${this.config.PUBLIC_URL}/contacts/${contactId}`,
      locale,
    });
  }

  private async sendNotice(
    actor: SystemActor,
    partnerId: PartnerId,
    about: Parameters<typeof noticeOf>[0],
  ): Promise<void> {
    const { subject, text, html } = noticeOf(about);
    for (const to of await this.noticeAddresses(actor, partnerId)) await this.mail.post({ to, subject, text, html });
  }

  /** Whom the brand profile names; without such an address, the owners. */
  private async noticeAddresses(actor: SystemActor, partnerId: PartnerId): Promise<string[]> {
    const { contact } = await this.profiles.current(actor);
    if (contact.email !== null) return [contact.email];
    const team = await this.accounts.team(actor, partnerId);
    return team.filter(({ role }) => role === 'owner').map(({ email }) => email);
  }

  private async settle(settled: readonly (ActionRef & Outcome)[]): Promise<void> {
    await this.database.query(
      `UPDATE sequences.step_execution e SET outcome = s.outcome, reason = s.reason, decided_at = $1
       FROM unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[]) s (enrolment, step, round, outcome, reason)
       WHERE e.enrolment_id = s.enrolment AND e.step_key = s.step AND e.occurrence = s.round`,
      [
        this.clock.now(),
        settled.map(({ enrolmentId }) => enrolmentId),
        settled.map(({ stepKey }) => stepKey),
        settled.map(({ round }) => round),
        settled.map(({ outcome }) => outcome),
        settled.map(({ reason }) => reason),
      ],
    );
  }
}

/** Looked at when it is done, not when it was planned. */
function refusal({ activation, versionLive }: RunningActivation, decision: SendDecision | undefined): Outcome | null {
  const skipped = (reason: ReasonCode): Outcome => ({ outcome: 'skipped', reason });
  if (!versionLive) return skipped('version-ended');
  if (activation.status !== 'active' && activation.status !== 'completed') return skipped('activation-over');
  if (decision === undefined) return skipped('contact-gone');
  return !decision.send && isExit(decision.reason) ? skipped(decision.reason) : null;
}
