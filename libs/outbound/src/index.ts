export { addressProblem } from './address.js';
export { dialOut } from './dial-out.js';
export {
  callOut,
  type OutboundAnswer,
  type OutboundFailure,
  type OutboundReach,
  type OutboundRequest,
} from './call-out.js';
