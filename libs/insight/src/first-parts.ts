import type { CompiledCampaign } from '#content';
import { simpleVariantsOf, variantOfArm } from '#rendering';
import { armsOf } from '#sequencing';

/** Only so many steps and variants of a campaign are released. */
const RELEASED_PARTS = 12;

export interface Part {
  readonly stepKey: string;
  readonly variant: string;
}

/**
 * The parts of a version that are released: its first twelve. Every step's
 * variant without conditions comes before any step's second variant. The order
 * follows from the version alone. Parts with the most recipients would reveal
 * by their presence what the numbers hide.
 */
export function firstParts({ definition, emails }: Pick<CompiledCampaign, 'definition' | 'emails'>): Part[] {
  const bySteps = definition.sequence.steps.flatMap((step) => {
    if (step.kind !== 'email') return [];
    const variants = armsOf(step).flatMap((arm) => {
      const masters = Object.values(emails.find(({ key }) => key === arm)?.masters ?? {});
      const named = (variant: string): string => (step.test === undefined ? variant : variantOfArm(variant, arm));
      return masters.map((master) => simpleVariantsOf(master).map(named));
    });
    const plain = variants.flatMap(([first]) => first ?? []);
    return [
      [...plain, ...variants.flatMap(([, ...others]) => others)].map((variant) => ({ stepKey: step.key, variant })),
    ];
  });
  const longest = Math.max(0, ...bySteps.map(({ length }) => length));
  return Array.from({ length: longest }, (_, rank) => bySteps.flatMap((parts) => parts[rank] ?? []))
    .flat()
    .slice(0, RELEASED_PARTS);
}
