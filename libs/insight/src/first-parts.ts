import type { CompiledCampaign } from '#content';
import { type DrawnArm, simpleVariantsOf, variantOfArm } from '#rendering';
import { armsOf, type EmailStep, timeKey } from '#sequencing';

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
 * @param version its number.
 */
export function firstParts(
  { definition, emails }: Pick<CompiledCampaign, 'definition' | 'emails'>,
  version: number,
): Part[] {
  const bySteps = definition.sequence.steps.flatMap((step) => {
    if (step.kind !== 'email') return [];
    const variants = sentOf(step, version).flatMap(({ email, drawn }) => {
      const masters = Object.values(emails.find(({ key }) => key === email)?.masters ?? {});
      const named = (variant: string): string => (drawn === null ? variant : variantOfArm(variant, drawn));
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

/** The e-mails of a step, each with what was drawn for its recipients. */
function sentOf(
  step: EmailStep,
  version: number,
): readonly { readonly email: string; readonly drawn: DrawnArm | null }[] {
  const { email, test, testTimes } = step;
  if (testTimes !== undefined)
    return testTimes.map((time) => ({ email, drawn: { of: 'time', arm: timeKey(time), version } }));
  return armsOf(step).map((arm) => ({ email: arm, drawn: test === undefined ? null : { of: 'email', arm, version } }));
}
