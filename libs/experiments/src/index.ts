export { alwaysValidDifference } from './always-valid.js';
export { armOf, isHeldOut } from './assignment.js';
export { type Horizon, horizonOf, testReadAt, verdictOf } from './horizon.js';
export type { Stratum } from './mantel-haenszel.js';
export { noisyDifference, type NoisyProportion } from './noisy-difference.js';
export { smallestInActivation, smallestInProgramme, smallestInReleases } from './power.js';
export { type Comparisons, type Proportion, proportionDifference } from './proportion.js';
export { winnerAmong } from './winner.js';
