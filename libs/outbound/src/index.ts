export { addressProblem } from './address.js';
export { networksOf } from './networks.js';
export { dialOut } from './dial-out.js';
export { callOut, type OutboundAnswer, type OutboundFailure, type OutboundReach } from './call-out.js';
