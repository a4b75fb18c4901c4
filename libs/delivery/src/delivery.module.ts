import { Module } from '@nestjs/common';
import { Ledger } from './ledger.service.js';
import { MessageEvents } from './message-events.service.js';

@Module({ providers: [Ledger, MessageEvents], exports: [Ledger, MessageEvents] })
export class DeliveryModule {}
