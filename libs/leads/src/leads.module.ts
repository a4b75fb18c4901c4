import { Module } from '@nestjs/common';
import { Leads } from './leads.service.js';

@Module({ providers: [Leads], exports: [Leads] })
export class LeadsModule {}
