export { attribute, type AttributionModel } from './models.js';
export type { Credit, CreditReason } from './credit.js';
export type { ChannelId, Path, Touch } from './touch.js';
export type { ChannelValues, ObservedPath } from './observed-paths.js';
export { removalEffects } from './markov.js';
export { shapleyValues } from './shapley.js';
