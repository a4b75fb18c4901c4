import { Module } from '@nestjs/common';
import { CircuitBreaker } from './circuit-breaker.service.js';
import { ContactSendHistory } from './contact-send-history.service.js';
import { Destinations } from './destinations.service.js';
import { HaltNotifications } from './halt-notifications.service.js';
import { ReleaseGate } from './release-gate.service.js';
import { Halts } from './halts.service.js';
import { InstanceEpochs } from './instance-epochs.service.js';
import { Journals } from './journals.service.js';
import { LeaseSweeps } from './lease-sweeps.service.js';
import { Ledger } from './ledger.service.js';
import { ProviderApi } from './look-up/provider-api.adapter.js';
import { ProviderLookUps } from './look-up/provider-look-ups.service.js';
import { RelayLookUps } from './look-up/relay-look-ups.service.js';
import { MailGroups } from './mail-groups.service.js';
import { MessageEvents } from './message-events.service.js';
import { MessageOutcomes } from './message-outcomes.service.js';
import { RelayHealth } from './relay-health.service.js';
import { RelayRoutes } from './relay-routes.service.js';
import { RelayServers } from './relay-servers.service.js';
import { RelayTransport } from './relay-transport.adapter.js';
import { Relays } from './relays.service.js';
import { Retries } from './retries.service.js';
import { Streams } from './streams.service.js';
import { UnknownMessages } from './unknown-messages.service.js';
import { UnknownPolicies } from './unknown-policies.service.js';
import { WaitingMessages } from './waiting-messages.service.js';

@Module({
  providers: [
    CircuitBreaker,
    ContactSendHistory,
    Destinations,
    HaltNotifications,
    Halts,
    ReleaseGate,
    InstanceEpochs,
    Journals,
    LeaseSweeps,
    Ledger,
    MailGroups,
    MessageEvents,
    MessageOutcomes,
    ProviderApi,
    ProviderLookUps,
    RelayHealth,
    RelayLookUps,
    RelayRoutes,
    RelayServers,
    RelayTransport,
    Relays,
    Retries,
    Streams,
    UnknownMessages,
    UnknownPolicies,
    WaitingMessages,
  ],
  exports: [
    CircuitBreaker,
    ContactSendHistory,
    Destinations,
    HaltNotifications,
    Halts,
    ReleaseGate,
    InstanceEpochs,
    Journals,
    LeaseSweeps,
    Ledger,
    MailGroups,
    MessageEvents,
    ProviderApi,
    ProviderLookUps,
    RelayHealth,
    RelayRoutes,
    RelayTransport,
    Relays,
    Retries,
    Streams,
    UnknownMessages,
    UnknownPolicies,
    WaitingMessages,
  ],
})
export class DeliveryModule {}
