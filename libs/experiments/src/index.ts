export { alwaysValidDifference, alwaysValidInterval } from './always-valid.js';
export { armOf, isHeldOut } from './assignment.js';
export { type Horizon, horizonOf, type Verdict, verdictOf } from './horizon.js';
export { noisyDifference, type NoisyProportion } from './noisy-difference.js';
export { smallestDifference } from './power.js';
export { type Comparisons, type Difference, type Proportion, proportionDifference } from './proportion.js';
export { type Stratum, stratifiedDifference } from './stratified-difference.js';
