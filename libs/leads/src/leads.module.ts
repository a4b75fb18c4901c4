import { Module } from '@nestjs/common';
import { ActivationsModule } from '#activations';
import { EngagementModule } from '#engagement';
import { Leads } from './leads.service.js';

@Module({ imports: [ActivationsModule, EngagementModule], providers: [Leads], exports: [Leads] })
export class LeadsModule {}
