import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { BrandModule } from '#brand';
import { CampaignsModule } from '#campaigns';
import { ContactsModule } from '#contacts';
import { IdentityModule } from '#identity';
import { OrganisationsModule } from '#organisations';
import { BrandProfileController } from './brand-profile.controller.js';
import { CampaignVersionsController } from './campaign-versions.controller.js';
import { CampaignsController } from './campaigns.controller.js';
import { ContactImportsController } from './contact-imports.controller.js';
import { ContactListsController } from './contact-lists.controller.js';
import { ContactsController } from './contacts.controller.js';
import { AuthenticationGuard } from './http/authentication.guard.js';
import { PartnersController } from './partners.controller.js';
import { SampleLogosController } from './sample-logos.controller.js';
import { SessionController } from './session.controller.js';
import { SuppressionsController } from './suppressions.controller.js';
import { TeamController } from './team.controller.js';

/** Every endpoint of the product. */
@Module({
  imports: [DiscoveryModule, OrganisationsModule, IdentityModule, BrandModule, ContactsModule, CampaignsModule],
  controllers: [
    SessionController,
    TeamController,
    PartnersController,
    BrandProfileController,
    ContactsController,
    ContactListsController,
    ContactImportsController,
    SuppressionsController,
    CampaignsController,
    CampaignVersionsController,
    SampleLogosController,
  ],
  providers: [{ provide: APP_GUARD, useClass: AuthenticationGuard }],
})
export class ApiModule {}
