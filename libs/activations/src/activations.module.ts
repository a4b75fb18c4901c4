import { Module } from '@nestjs/common';
import { BrandModule } from '#brand';
import { CampaignsModule } from '#campaigns';
import { ContactsModule } from '#contacts';
import { ContentModule } from '#content';
import { DeliveryModule } from '#delivery';
import { EngagementModule } from '#engagement';
import { IdentityModule } from '#identity';
import { OrganisationsModule } from '#organisations';
import { SealModule } from '#seal';
import { ActivationSeals } from './activation-seals.service.js';
import { Activations } from './activations.service.js';
import { ActivationsRepository } from './activations.repository.js';
import { BrandedMasters } from './branded-masters.service.js';
import { Calendars } from './calendars.service.js';
import { Cobranding } from './cobranding.service.js';
import { Launch } from './launch.service.js';
import { NewerVersions } from './newer-versions.service.js';
import { SlotPositions } from './slot-positions.service.js';
import { Offers } from './offers.service.js';
import { SealRefusals } from './seal-refusals.service.js';
import { SealedAssets } from './sealed-assets.service.js';
import { SealedCopies } from './sealed-copies.service.js';
import { VersionMail } from './version-mail.service.js';
import { VersionNotifications } from './version-notifications.service.js';

@Module({
  imports: [
    BrandModule,
    CampaignsModule,
    ContactsModule,
    ContentModule,
    DeliveryModule,
    EngagementModule,
    IdentityModule,
    OrganisationsModule,
    SealModule,
  ],
  providers: [
    Activations,
    ActivationSeals,
    ActivationsRepository,
    BrandedMasters,
    Calendars,
    Cobranding,
    Launch,
    NewerVersions,
    Offers,
    SlotPositions,
    SealedAssets,
    SealedCopies,
    SealRefusals,
    VersionMail,
    VersionNotifications,
  ],
  exports: [
    Activations,
    Calendars,
    Cobranding,
    Launch,
    NewerVersions,
    Offers,
    SlotPositions,
    SealedAssets,
    SealedCopies,
    SealModule,
    VersionNotifications,
  ],
})
export class ActivationsModule {}
