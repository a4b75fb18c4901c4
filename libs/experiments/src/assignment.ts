import { createHmac } from 'node:crypto';

/**
 * Whether a subject is held out of something, so that the effect can be measured. A keyed
 * hash decides: the same answer each time, in no relation to the subject's name or age, and
 * nobody without the key can foresee it. A subject that is held out at a share is also held
 * out at each larger one.
 * @param names what is done, and the subject.
 * @param percent 0 to 100.
 */
export function isHeldOut(key: Buffer, names: readonly string[], percent: number): boolean {
  return placeOf(key, names) < percent / 100;
}

/**
 * The arm of a test that a subject gets: each with the same chance, for the same reasons as
 * {@link isHeldOut}.
 * @param arms at least one, in the order of the author.
 */
export function armOf<Arm>(key: Buffer, names: readonly string[], arms: readonly [Arm, ...Arm[]]): Arm {
  return arms[Math.floor(placeOf(key, names) * arms.length)] ?? arms[0];
}

/** Between 0 and 1, uniform. */
function placeOf(key: Buffer, names: readonly string[]): number {
  return createHmac('sha256', key).update(names.join('\n')).digest().readUInt32BE(0) / 2 ** 32;
}
