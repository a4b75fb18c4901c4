import type { Type } from '@nestjs/common';
import { ApplicationFormsController } from '../joining/application-forms.controller.js';
import { ApplicationsController } from '../joining/applications.controller.js';
import { ProgrammeTermsController } from '../joining/programme-terms.controller.js';
import { ChannelManagersController } from './channel-managers.controller.js';
import { DistributorsController } from './distributors.controller.js';
import { OnboardingRemindersController } from './onboarding-reminders.controller.js';
import { PartnerAttributesController } from './partner-attributes.controller.js';
import { PartnerGroupsController } from './partner-groups.controller.js';
import { PartnerImportsController } from './partner-imports.controller.js';
import { PartnerOverviewController } from './partner-overview.controller.js';
import { PartnerRemindersController } from './partner-reminders.controller.js';
import { PartnerTiersController } from './partner-tiers.controller.js';
import { PartnersController } from './partners.controller.js';

/** What a vendor does with its partners, and how companies become partners. */
export const PARTNER_CONTROLLERS: readonly Type[] = [
  ApplicationFormsController,
  ApplicationsController,
  ProgrammeTermsController,
  OnboardingRemindersController,
  DistributorsController,
  ChannelManagersController,
  PartnerAttributesController,
  PartnerGroupsController,
  PartnerImportsController,
  PartnerTiersController,
  PartnerOverviewController,
  PartnerRemindersController,
  PartnersController,
];
