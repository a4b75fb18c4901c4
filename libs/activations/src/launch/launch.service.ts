import { Injectable } from '@nestjs/common';
import { leadRuleOf } from '#content';
import { Database } from '#database';
import { requirePermission } from '#identity';
import { type ActivationId, Clock, DomainError, newId, type PartnerActor } from '#kernel';
import { ActivationsRepository } from '../activations.repository.js';
import { ActivationListsRepository } from './activation-lists.repository.js';
import { plannedEndOf } from '../planned-end.js';
import { type CheckedLaunch, LaunchChecks } from './launch-checks.service.js';
import { LaunchContents } from './launch-contents.service.js';
import { LaunchDelays } from './launch-delays.service.js';
import { LaunchEffects } from './launch-effects.service.js';
import { type LaunchRequest, requestHashOf } from './launch-request.js';

export interface Launched {
  readonly id: ActivationId;
  /** False: this Idempotency-Key has launched it before. */
  readonly created: boolean;
}

/** Starts a campaign in a partner's name. */
@Injectable()
export class Launch {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly repository: ActivationsRepository,
    private readonly lists: ActivationListsRepository,
    private readonly checks: LaunchChecks,
    private readonly contents: LaunchContents,
    private readonly effects: LaunchEffects,
    private readonly delays: LaunchDelays,
  ) {}

  /**
   * Checks everything, bakes every e-mail and page in the partner's brand, and
   * stores it, in one transaction. The first messages follow after the partner's
   * delay, see {@link LaunchDelays}. The same `idempotencyKey` returns the same
   * activation. Contacts that the campaign has reached before are not enrolled
   * again.
   * @throws DomainError with what is wrong and how to correct it; nothing is
   *   changed then.
   */
  async launch(actor: PartnerActor, request: LaunchRequest): Promise<Launched> {
    requirePermission(actor, 'activations.launch');
    const requestHash = requestHashOf(request);
    const earlier = await this.database.inTransaction(actor, () => this.earlierLaunch(actor, request, requestHash));
    if (earlier !== null) return { id: earlier, created: false };
    const { version, source } = await this.checks.check(actor, request);
    const id = newId<ActivationId>();
    const content = await this.contents.bake(actor, id, version, source);
    return this.database.inTransaction(actor, async () => {
      await this.repository.lockKey(actor.partnerId, request.idempotencyKey);
      const raced = await this.earlierLaunch(actor, request, requestHash);
      if (raced !== null) return { id: raced, created: false };
      // The vendor may have ended the campaign or the partnership during the baking.
      await this.checks.checkOffer(actor, version);
      await this.insert(actor, id, request, requestHash, { version, source });
      await this.lists.insert({ id, partnerId: actor.partnerId, lists: request.lists });
      await this.contents.save(actor, { id, partnerId: actor.partnerId, edition: 1 }, content, source);
      await this.effects.apply(actor, id, version, { ...request, sequence: source.compiled.definition.sequence });
      return { id, created: true };
    });
  }

  private async earlierLaunch(
    actor: PartnerActor,
    { idempotencyKey }: LaunchRequest,
    requestHash: string,
  ): Promise<ActivationId | null> {
    const earlier = await this.repository.byKey(actor.partnerId, idempotencyKey);
    if (earlier === null || earlier.requestHash === requestHash) return earlier?.id ?? null;
    throw new DomainError(
      'launch.key-reused',
      'This Idempotency-Key was used for another launch. Use a new one.',
      { field: 'Idempotency-Key' },
      { kind: 'conflict' },
    );
  }

  private async insert(
    actor: PartnerActor,
    id: ActivationId,
    request: LaunchRequest,
    requestHash: string,
    { version, source }: CheckedLaunch,
  ): Promise<void> {
    const { profile, locale, slug } = source;
    const { definition } = source.compiled;
    const now = this.clock.now();
    const staysOpen = request.lists.include.length === 0;
    const startAt = await this.delays.startOf(actor, request.startAt, now);
    await this.repository.insert({
      id,
      partnerId: actor.partnerId,
      vendorId: version.vendorId,
      campaignId: version.campaignId,
      versionId: version.versionId,
      staysOpen,
      slug,
      locale,
      timeZone: profile.timeZone ?? definition.sequence.timeZone ?? 'UTC',
      timeZoneSource: profile.timeZone === null ? 'vendor' : 'activation',
      startAt,
      plannedEndAt: staysOpen ? null : plannedEndOf(definition.sequence, startAt),
      slots: request.slots,
      choices: request.choices,
      launchedBy: actor.name,
      launchedAt: now,
      leadsFromClicks: leadRuleOf(definition).clicks !== null,
      brandVersion: profile.version,
      idempotencyKey: request.idempotencyKey,
      requestHash,
    });
  }
}
