import { Module } from '@nestjs/common';
import { CompiledCampaigns } from './compiled-campaigns.service.js';
import { PublicImages } from './public-images.service.js';

@Module({ providers: [CompiledCampaigns, PublicImages], exports: [CompiledCampaigns, PublicImages] })
export class ContentModule {}
