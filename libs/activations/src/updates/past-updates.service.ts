import { Injectable } from '@nestjs/common';
import { PublishedVersions } from '#campaigns';
import { type CampaignDifference, CompiledCampaigns, differenceBetween } from '#content';
import { requirePermission } from '#identity';
import type { ActivationId, CampaignVersionId, Locale, PartnerActor } from '#kernel';
import { ActivationsRepository } from '../activations.repository.js';
import type { Activation } from '../activation.js';
import type { SlotTexts } from '../branding/slot-texts.js';
import { EditionsRepository } from './editions.repository.js';
import { type UpdatePlan, updatePlan } from './update-plan.js';
import type { VersionWithValues } from './update-previews.service.js';
import type { ActivationUpdate } from './version-update.js';
import { VersionUpdatesRepository } from './version-updates.repository.js';

/** An update that was made or taken back, with what that changed. */
export interface PastUpdate {
  readonly state: 'done' | 'rolled-back';
  /** Of the version that runs since. */
  readonly number: number;
  readonly at: Date;
  readonly difference: CampaignDifference;
  readonly plan: UpdatePlan;
  readonly locale: Locale;
}

/** What an activation ran before its newest update or roll-back, and what it runs since. */
interface Sides {
  readonly before: VersionWithValues;
  readonly after: VersionWithValues;
}

/** Updates that activations have had. */
@Injectable()
export class PastUpdates {
  constructor(
    private readonly activations: ActivationsRepository,
    private readonly rows: VersionUpdatesRepository,
    private readonly editions: EditionsRepository,
    private readonly published: PublishedVersions,
    private readonly compiled: CompiledCampaigns,
  ) {}

  /** Null: the newest update of the activation has changed nothing of it yet, or there is none. */
  async find(actor: PartnerActor, id: ActivationId): Promise<PastUpdate | null> {
    requirePermission(actor, 'activations.read');
    const activation = await this.activations.get(actor, id);
    const update = await this.rows.ofActivation(actor, id);
    if (update === null || (update.state !== 'done' && update.state !== 'rolled-back')) return null;
    const sides = await this.sides(actor, activation, update);
    if (sides === null) return null;
    const { number } = await this.published.launched(actor, activation.versionId);
    const difference = differenceBetween(sides.before.compiled, sides.after.compiled, activation.locale);
    const plan = updatePlan(sides.before.compiled, sides.after.compiled);
    return { state: update.state, number, at: update.changedAt, difference, plan, locale: activation.locale };
  }

  /** Null: nothing of the activation was changed. */
  async sides(
    actor: PartnerActor,
    { id, versionId, slots }: Activation,
    { state, fromEdition, toEdition }: ActivationUpdate,
  ): Promise<Sides | null> {
    if (toEdition === null || (state !== 'done' && state !== 'rolled-back')) return null;
    const left = state === 'done' ? fromEdition : toEdition;
    const edition = (await this.editions.editionsOf(actor, id)).find(({ number }) => number === left);
    if (edition === undefined) return null;
    return {
      before: await this.withValues(actor, edition.versionId, edition.slots),
      after: await this.withValues(actor, versionId, slots),
    };
  }

  private async withValues(
    actor: PartnerActor,
    versionId: CampaignVersionId,
    slots: SlotTexts,
  ): Promise<VersionWithValues> {
    const { compiledHash } = await this.published.launched(actor, versionId);
    return { compiled: await this.compiled.load(compiledHash), versionId, slots };
  }
}
