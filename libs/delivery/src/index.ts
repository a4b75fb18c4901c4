export { DeliveryModule } from './delivery.module.js';
export { Ledger, type ConsentEvidence, type LeasedMessage, type PlannedMessage } from './ledger.service.js';
export { Retries } from './retries.service.js';
export { LeaseSweeps } from './lease-sweeps.service.js';
export type { MessageEvidence, MessageOutcome } from './message-outcomes.service.js';
export { ContactSendHistory } from './contact-send-history.service.js';
export { CircuitBreaker } from './circuit-breaker.service.js';
export { breachOf, type Tally } from './circuit-breaker.js';
export { grantFrom, type Stream, onDayOf } from './stream.js';
export { Streams, type StreamProgress, type StreamRef } from './streams.service.js';
export { type DestinationAnswer, Destinations } from './destinations.service.js';
export { MailGroups } from './mail-groups.service.js';
export {
  Halts,
  HALT_SCOPES,
  type Halt,
  type HaltCause,
  type HaltScope,
  HaltsInForce,
  type HaltSubject,
} from './halts.service.js';
export { HaltNotifications } from './halt-notifications.service.js';
export { ReleaseGate, type StoppedScope } from './release-gate.service.js';
export { type ConfirmedEpoch, InstanceEpochs } from './instance-epochs.service.js';
export { type FoundAtProvider, ProviderLookUps } from './look-up/provider-look-ups.service.js';
export type { Relay, RelayId } from './relay.js';
export { RelayHealth } from './relay-health.service.js';
export { RelayRoutes } from './relay-routes.service.js';
export { RelayTransport } from './relay-transport.adapter.js';
export { Relays } from './relays.service.js';
export { Journals } from './journals.service.js';
export { type Claim, type ReleasedClaim } from './send-journal.js';
export { lateByMs, settlementOf, type Settlement } from './settlement.js';
export { type MessageState } from './message-state.js';
export {
  type UnknownMessageRef,
  UnknownMessages,
  type UnknownMessage,
  RESOLUTIONS,
  type Resolution,
} from './unknown-messages.service.js';
export { UnknownPolicies, unknownPolicyVersion } from './unknown-policies.service.js';
export { WaitingMessages } from './waiting-messages.service.js';
export { actionOnUnknown, repeatsAbsent, type UnknownPolicy } from './unknown-policy.js';
export { MessageEvents, type MessageEvent, type MessageSubject, type RecentMessage } from './message-events.service.js';
export { SEALED_LOOK_UP_KEYS } from './look-up/relay-look-ups.service.js';
export { SEALED_RELAY_PASSWORDS } from './relay-servers.service.js';
