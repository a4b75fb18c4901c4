import { Module } from '@nestjs/common';
import { CircuitBreaker } from './circuit-breaker.service.js';
import { Destinations } from './destinations.service.js';
import { Halts } from './halts.service.js';
import { InstanceEpochs } from './instance-epochs.service.js';
import { Journals } from './journals.service.js';
import { Ledger } from './ledger.service.js';
import { MessageEvents } from './message-events.service.js';
import { Streams } from './streams.service.js';
import { UnknownMessages } from './unknown-messages.service.js';

@Module({
  providers: [
    CircuitBreaker,
    Destinations,
    Halts,
    InstanceEpochs,
    Journals,
    Ledger,
    MessageEvents,
    Streams,
    UnknownMessages,
  ],
  exports: [
    CircuitBreaker,
    Destinations,
    Halts,
    InstanceEpochs,
    Journals,
    Ledger,
    MessageEvents,
    Streams,
    UnknownMessages,
  ],
})
export class DeliveryModule {}
