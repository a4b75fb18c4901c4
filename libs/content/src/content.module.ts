import { Module } from '@nestjs/common';
import { CampaignDigests } from './campaign-digests.service.js';
import { CompiledCampaigns } from './compiled-campaigns.service.js';
import { PublicImages } from './public-images.service.js';

@Module({ providers: [CampaignDigests, CompiledCampaigns, PublicImages], exports: [CompiledCampaigns, PublicImages] })
export class ContentModule {}
