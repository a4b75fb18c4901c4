/**
 * Loaded into a scheduler by NODE_OPTIONS: nothing asks whether it is recalled. The arm of
 * `bench:schedule -- --recalls` that shows what the question costs.
 */
const { RecallsInForce } = await import('../../dist/libs/campaigns/src/index.js');

RecallsInForce.prototype.ofVersion = async () => [];
