import { systemActor } from '#kernel';

/** Creates organisations, before any has a user. */
export const SEED = systemActor('seed');
