export { ActivationsModule, LaunchModule } from './activations.module.js';
export { Activations, type RunningActivation } from './activations.service.js';
export { ActivationControl } from './activation-control.service.js';
export { SealedCopies, type SealedEmail } from './sealed-copies.service.js';
export { SealedAssets } from './sealed-assets.service.js';
export { Launch } from './launch.service.js';
export type { LaunchRequest } from './launch-request.js';
export { LaunchLeadRules } from './launch-lead-rules.js';
export { ReachedBefore } from './reached-before.js';
export { Calendars, type StoredCalendar, type NamedCalendar } from './calendars.service.js';
export { publicHolidays } from './public-holidays.js';
export { NewerVersions } from './newer-versions.service.js';
export { VersionNotifications } from './version-notifications.service.js';
export { launchLocale } from './branded-masters.service.js';
export { SlotPositions } from './slot-positions.service.js';
export { OfferAudience } from './offer-audience.service.js';
export { OfferDates } from './offer-dates.service.js';
export { OfferPreviews } from './offer-previews.service.js';
export { PendingArtwork } from './pending-artwork.service.js';
export { Offers, type Offer, type OfferSummary } from './offers.service.js';
export { closedDaysOf, datesOf, type PlannedDates } from './planned-dates.js';
export { Cobranding } from './cobranding.service.js';
export {
  ACTIVATION_LAUNCHED,
  ACTIVATION_RESUMED,
  ACTIVATION_STOPPED,
  COBRAND_ASSETS,
  COBRAND_PREVIEW,
} from './activations.jobs.js';
export { choicesWith, type Activation, type SentCheck } from './activation.js';
