import { Module } from '@nestjs/common';
import { Destinations } from './destinations.service.js';
import { Halts } from './halts.service.js';
import { Journals } from './journals.service.js';
import { Ledger } from './ledger.service.js';
import { MessageEvents } from './message-events.service.js';
import { UnknownMessages } from './unknown-messages.service.js';

@Module({
  providers: [Destinations, Halts, Journals, Ledger, MessageEvents, UnknownMessages],
  exports: [Destinations, Halts, Journals, Ledger, MessageEvents, UnknownMessages],
})
export class DeliveryModule {}
