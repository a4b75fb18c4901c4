import { Injectable } from '@nestjs/common';
import { PartnerPictures, type PictureCut } from '#assets';
import { type BrandProfile, BrandProfiles } from '#brand';
import { type PublishedVersion, PublishedVersions } from '#campaigns';
import { type CampaignSlot, type CompiledCampaign, CompiledCampaigns, defaultLocale } from '#content';
import type { CampaignVersionId, PartnerActor, SystemActor } from '#kernel';
import { checkSlot, type SlotNodes, slotText, type ValueProblem } from '#rendering';
import type { Activation } from '../activation.js';
import { BrandedMasters } from '../branding/branded-masters.service.js';
import { pictureProblem, pictureProblems } from '../branding/picture-slots.js';
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
    private readonly published: PublishedVersions,
    private readonly compiled: CompiledCampaigns,
    private readonly profiles: BrandProfiles,
    private readonly masters: BrandedMasters,
    private readonly pictures: PartnerPictures,
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
    const values = activation.slots;
    const cuts = await this.cutsOf(actor, activation, after, [values, parked, answers]);
    const pictureFault = (slot: CampaignSlot, value: SlotNodes): ValueProblem | null =>
      slot.picture === undefined || slotText(value) === ''
        ? null
        : pictureProblem(cuts.get(slotText(value)), slot, labelOf(slot, after));
    const check = (slot: CampaignSlot, value: SlotNodes): readonly ValueProblem[] => {
      const fault = pictureFault(slot, value);
      return [...checkSlot(ruleOf(slot, after, value), value, policy), ...(fault === null ? [] : [fault])];
    };
    return {
      version,
      before,
      after,
      profile,
      merged: mergeValues({ before: before.slots, after: after.slots, values, parked, answers }, check),
    };
  }

  /** Why pictures of a merge cannot be shown, also where they lack an alt text. */
  pictureProblems(actor: PartnerActor, { after, merged }: UpdateMerge): Promise<ValueProblem[]> {
    return pictureProblems(this.pictures, actor, after, merged.values);
  }

  /** Pictures that the partner may have in a version, with their sizes. */
  private cutsOf(
    actor: PartnerActor | SystemActor,
    { partnerId }: Activation,
    { slots }: CompiledCampaign,
    texts: readonly SlotTexts[],
  ): Promise<ReadonlyMap<string, PictureCut>> {
    const ofPictures = slots.filter(({ picture }) => picture !== undefined);
    const names = ofPictures.flatMap(({ name }) =>
      texts.flatMap((some) => (some[name] === undefined ? [] : [slotText(some[name])])),
    );
    return this.pictures.cutsOf(
      { ...actor, partnerId },
      names.filter((name) => name !== ''),
    );
  }
}

const labelOf = ({ label, name }: CampaignSlot, { definition }: CompiledCampaign): string =>
  label[defaultLocale(definition)] ?? name;

function ruleOf(
  slot: CampaignSlot,
  { definition }: CompiledCampaign,
  value: SlotNodes,
): Parameters<typeof checkSlot>[0] {
  const locale = defaultLocale(definition);
  const options = (slot.options ?? []).map(({ name, label }) => ({ name, label: label[locale] ?? '' }));
  return { ...slot, options, label: slot.label[locale] ?? slot.name, default: slot.default[locale] ?? value };
}
