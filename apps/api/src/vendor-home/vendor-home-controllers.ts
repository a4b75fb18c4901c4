import type { Provider, Type } from '@nestjs/common';
import { CampaignDecisions } from './campaign-decisions.service.js';
import { PartnerCare } from './partner-care.service.js';
import { PartnerDecisions } from './partner-decisions.service.js';
import { VendorHomeController } from './vendor-home.controller.js';
import { WaitingWorkController } from './waiting-work.controller.js';

/** The home of a vendor's person, and what waits for them. */
export const VENDOR_HOME_CONTROLLERS: readonly Type[] = [VendorHomeController, WaitingWorkController];
export const VENDOR_HOME_PROVIDERS: readonly Provider[] = [CampaignDecisions, PartnerCare, PartnerDecisions];
