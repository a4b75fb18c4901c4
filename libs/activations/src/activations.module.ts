import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { BrandModule } from '#brand';
import { CampaignsModule } from '#campaigns';
import { ContactsModule } from '#contacts';
import { ContentModule } from '#content';
import { DeliveryModule } from '#delivery';
import { EngagementModule } from '#engagement';
import { IdentityModule } from '#identity';
import { OrganisationsModule } from '#organisations';
import { SealModule } from '#seal';
import { ActivationControl } from './activation-control.service.js';
import { ActivationSeals } from './activation-seals.service.js';
import { Activations } from './activations.service.js';
import { ActivationsRepository } from './activations.repository.js';
import { BrandedArtwork } from './branded-artwork.service.js';
import { BrandedMasters } from './branded-masters.service.js';
import { Calendars } from './calendars.service.js';
import { Cobranding } from './cobranding.service.js';
import { LaunchBrand } from './launch-brand.service.js';
import { LaunchChecks } from './launch-checks.service.js';
import { LaunchContents } from './launch-contents.service.js';
import { LaunchEffects } from './launch-effects.service.js';
import { LaunchRecipients } from './launch-recipients.service.js';
import { Launch } from './launch.service.js';
import { NewerVersions } from './newer-versions.service.js';
import { SlotPositions } from './slot-positions.service.js';
import { OfferAudience } from './offer-audience.service.js';
import { OfferDates } from './offer-dates.service.js';
import { OfferPreviews } from './offer-previews.service.js';
import { Offers } from './offers.service.js';
import { PendingArtwork } from './pending-artwork.service.js';
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
    ActivationControl,
    Activations,
    ActivationSeals,
    ActivationsRepository,
    BrandedArtwork,
    BrandedMasters,
    Calendars,
    Cobranding,
    NewerVersions,
    OfferDates,
    OfferPreviews,
    Offers,
    PendingArtwork,
    SlotPositions,
    SealedAssets,
    SealedCopies,
    SealRefusals,
    VersionMail,
    VersionNotifications,
  ],
  exports: [
    ActivationControl,
    Activations,
    ActivationSeals,
    ActivationsRepository,
    BrandedMasters,
    Calendars,
    Cobranding,
    NewerVersions,
    OfferDates,
    OfferPreviews,
    Offers,
    PendingArtwork,
    SlotPositions,
    SealedAssets,
    SealedCopies,
    SealModule,
    VersionNotifications,
  ],
})
export class ActivationsModule {}

/** Launches, and the audience of an offer. */
@Module({})
export class LaunchModule {
  /** @param providing modules that export `ReachedBefore` and `LaunchLeadRules`. */
  static with(providing: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: LaunchModule,
      imports: [
        ActivationsModule,
        BrandModule,
        CampaignsModule,
        ContactsModule,
        ContentModule,
        EngagementModule,
        ...providing,
      ],
      providers: [Launch, LaunchBrand, LaunchChecks, LaunchContents, LaunchEffects, LaunchRecipients, OfferAudience],
      exports: [Launch, OfferAudience],
    };
  }
}
