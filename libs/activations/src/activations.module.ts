import { Module } from '@nestjs/common';
import { BrandModule } from '#brand';
import { CampaignsModule } from '#campaigns';
import { ContactsModule } from '#contacts';
import { ContentModule } from '#content';
import { EngagementModule } from '#engagement';
import { Activations } from './activations.service.js';
import { ActivationsRepository } from './activations.repository.js';
import { BrandedMasters } from './branded-masters.service.js';
import { Cobranding } from './cobranding.service.js';
import { Launch } from './launch.service.js';
import { Offers } from './offers.service.js';

@Module({
  imports: [BrandModule, CampaignsModule, ContactsModule, ContentModule, EngagementModule],
  providers: [Activations, ActivationsRepository, BrandedMasters, Cobranding, Launch, Offers],
  exports: [Activations, Cobranding, Launch, Offers],
})
export class ActivationsModule {}
