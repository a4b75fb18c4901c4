export { attribute, type AttributionModel, MODELS_VERSION } from './models.js';
export type { Credit } from './credit.js';
export type { Path, Touch } from './touch.js';
export type { ChannelValues, ObservedPath } from './observed-paths.js';
export { removalEffects } from './markov.js';
export { shapleyValues } from './shapley.js';
