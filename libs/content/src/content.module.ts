import { Module } from '@nestjs/common';
import { CompiledCampaigns } from './compiled-campaigns.service.js';

@Module({ providers: [CompiledCampaigns], exports: [CompiledCampaigns] })
export class ContentModule {}
