import { Injectable } from '@nestjs/common';
import { type BrandProfile, BrandProfiles } from '#brand';
import { type PublishedVersion, PublishedCampaigns } from '#campaigns';
import { type CampaignSlot, type CompiledCampaign, CompiledCampaigns, defaultLocale } from '#content';
import type { CampaignVersionId, PartnerActor, SystemActor } from '#kernel';
import { checkSlot, type SlotNodes, type ValueProblem } from '#rendering';
import type { Activation } from '../activation.js';
import { BrandedMasters } from '../branding/branded-masters.service.js';
import type { SlotTexts } from '../branding/slot-texts.js';
import { EditionsRepository } from './editions.repository.js';
import { mergeValues, type ValueMerge } from './value-merge.js';

/** An activation's values in a newer version, with both versions. */
export interface UpdateMerge {
  readonly version: PublishedVersion;
  readonly before: CompiledCampaign;
  readonly after: CompiledCampaign;
  readonly profile: BrandProfile;
  readonly merged: ValueMerge;
}

/** Merges the values of activations into newer versions. */
@Injectable()
export class UpdateMerges {
  constructor(
    private readonly editions: EditionsRepository,
    private readonly published: PublishedCampaigns,
    private readonly compiled: CompiledCampaigns,
    private readonly profiles: BrandProfiles,
    private readonly masters: BrandedMasters,
  ) {}

  /** Call it outside of transactions. Values of all its editions come back with their slots. */
  async merge(
    actor: PartnerActor | SystemActor,
    activation: Activation,
    versionId: CampaignVersionId,
    answers: SlotTexts,
  ): Promise<UpdateMerge> {
    const [runs, version] = [
      await this.published.launched(actor, activation.versionId),
      await this.published.launched(actor, versionId),
    ];
    const before = await this.compiled.load(runs.compiledHash);
    const after = await this.compiled.load(version.compiledHash);
    const profile = await this.profiles.current(actor);
    const policy = this.masters.policy(profile);
    const editions = activation.editions === 1 ? [] : await this.editions.editionsOf(actor, activation.id);
    const parked: SlotTexts = Object.fromEntries(
      editions.flatMap((edition) => [...Object.entries(edition.parked), ...Object.entries(edition.slots)]),
    );
    const check = (slot: CampaignSlot, value: SlotNodes): readonly ValueProblem[] => [
      ...checkSlot(ruleOf(slot, after, value), value, policy),
      ...(isOtherPicture(before, slot) ? [otherPicture(slot.label[defaultLocale(after.definition)] ?? slot.name)] : []),
    ];
    const values = activation.slots;
    return {
      version,
      before,
      after,
      profile,
      merged: mergeValues({ before: before.slots, after: after.slots, values, parked, answers }, check),
    };
  }
}

function ruleOf(
  slot: CampaignSlot,
  { definition }: CompiledCampaign,
  value: SlotNodes,
): Parameters<typeof checkSlot>[0] {
  const locale = defaultLocale(definition);
  const options = (slot.options ?? []).map(({ name, label }) => ({ name, label: label[locale] ?? '' }));
  return { ...slot, options, label: slot.label[locale] ?? slot.name, default: slot.default[locale] ?? value };
}

/** A cut was made for one shape and size. */
function isOtherPicture({ slots }: CompiledCampaign, { name, picture }: CampaignSlot): boolean {
  const before = slots.find((slot) => slot.name === name)?.picture;
  if (picture === undefined || before === undefined) return false;
  return JSON.stringify([picture.ratio, picture.minWidth]) !== JSON.stringify([before.ratio, before.minWidth]);
}

const otherPicture = (what: string): ValueProblem => ({
  code: 'slot-picture-shape',
  path: 'slot',
  message: 'The picture must have another shape or size now.',
  remedy: 'Cut your picture again, or take the vendor’s picture.',
  named: { what },
});
