import type { ActivationSeal, SealedMaster } from '#contracts';
import { type BakedSource, bakedForm, programsOf } from './baked-check.js';
import { hashOf } from './canonical-json.js';

/** A baked master in an activation seal. */
export type SealedCopy = ActivationSeal['masters'][number];

/** Names a baked master's bytes and approved values. */
export function sealCopy(master: SealedMaster, baked: BakedSource): SealedCopy {
  const { kind, key, locale, root } = master;
  const values = { ...baked.values };
  return { kind, key, locale, root, values, valuesHash: hashOf(values), programHash: programHash(baked) };
}

/** SHA-256 over a baked master's programs. */
const programHash = (baked: BakedSource): string => hashOf(programsOf(baked).map(bakedForm));
