import type { PartnerPictures, PictureCut } from '#assets';
import { type CampaignSlot, type CompiledCampaign, defaultLocale } from '#content';
import type { PartnerActor } from '#kernel';
import { type PictureRule, slotText, type ValueProblem } from '#rendering';
import type { SlotTexts } from './slot-texts.js';

/** Shape may differ by so much, because a cut has whole pixels. */
const SHAPE_TOLERANCE = 0.02;

/**
 * Why pictures that a partner chose cannot be shown: they are not its own, have
 * another shape or are too small, or lack an alt text. Empty if all can.
 */
export async function pictureProblems(
  pictures: Pick<PartnerPictures, 'cutsOf'>,
  actor: PartnerActor,
  { slots, definition }: CompiledCampaign,
  words: SlotTexts,
): Promise<ValueProblem[]> {
  const textOf = (name: string): string => {
    const nodes = words[name];
    return nodes === undefined ? '' : slotText(nodes).trim();
  };
  const chosen = slots.filter(({ picture, name }) => picture !== undefined && textOf(name) !== '');
  const cuts = await pictures.cutsOf(
    actor,
    chosen.map(({ name }) => textOf(name)),
  );
  return chosen.flatMap((slot) => {
    const { name, label } = slot;
    const what = label[defaultLocale(definition)] ?? name;
    const alt = name.replace(/\.picture$/, '.alt');
    const found = pictureProblem(cuts.get(textOf(name)), slot, what);
    return [...(found === null ? [] : [found]), ...(textOf(alt) === '' ? [problem(alt, what, WITHOUT_ALT)] : [])];
  });
}

/** Why a cut cannot be shown in the place of a slot; null: it can. Its alt text is no part of that. */
export function pictureProblem(
  cut: PictureCut | undefined,
  { name, picture }: Pick<CampaignSlot, 'name' | 'picture'>,
  what: string,
): ValueProblem | null {
  const fault = picture === undefined ? null : faultOf(cut, picture);
  return fault === null ? null : problem(name, what, fault);
}

interface Fault {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly named?: Readonly<Record<string, string | number>>;
}

const WITHOUT_ALT: Fault = {
  code: 'picture-alt',
  message: 'Your picture has no description. Readers who do not see it learn nothing of it.',
  remedy: 'Say in a few words what it shows.',
};
const NOT_OWN: Fault = {
  code: 'picture-unknown',
  message: 'This is none of your pictures.',
  remedy: 'Upload a picture and cut it, or choose one of yours.',
};

function faultOf(cut: PictureCut | undefined, { ratio, minWidth }: PictureRule): Fault | null {
  if (cut === undefined) return NOT_OWN;
  const { width, height } = cut;
  if (width < minWidth)
    return {
      code: 'picture-small',
      message: `Your picture is ${width} pixels wide; ${minWidth} are needed.`,
      remedy: 'Choose a larger picture, or a larger part of it.',
      named: { width, minWidth },
    };
  const [wide, high] = ratio ?? [width, height];
  // Small pictures have few heights to choose from.
  const tolerance = Math.max(SHAPE_TOLERANCE, 1 / height);
  if (Math.abs(width / height / (wide / high) - 1) <= tolerance) return null;
  return {
    code: 'picture-shape',
    message: `Your picture has ${width} × ${height} pixels; its place has the shape ${wide}:${high}.`,
    remedy: `Cut it to ${wide}:${high}.`,
    named: { width, height, shape: `${wide}:${high}` },
  };
}

const problem = (name: string, what: string, { code, message, remedy, named }: Fault): ValueProblem => ({
  code,
  path: `slot.${name}`,
  message: `“${what}”: ${message}`,
  remedy,
  named: { what, ...named },
});
