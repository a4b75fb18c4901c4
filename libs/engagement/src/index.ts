export {
  EngagementModule,
  MailboxProgressModule,
  ProviderEventsModule,
  ReturnsModule,
  UnsubscribeModule,
} from './engagement.module.js';
export { HumanInteractions } from './human-interactions.service.js';
export { Interactions } from './interactions.service.js';
export { type LinkTarget, LinkTargets } from './link-targets.service.js';
export { MessageLinks, type TokenSubject } from './message-links.service.js';
export { PublicTokens } from './public-tokens.service.js';
export { ReturnAddresses } from './return-addresses.service.js';
export { Visitors } from './visitors.service.js';
export { Returns } from './returns.service.js';
export {
  EMAIL_CHOICES,
  type EmailChoice,
  type EmailPreference,
  type PresentPreference,
  type Recipient,
  Unsubscribe,
} from './unsubscribe.service.js';
export { DocumentRequests } from './document-requests.service.js';
export { classifyClick } from './click-verdict.js';
export { hasBrowserHeaders, isPrefetch } from './click-request.js';
export { Clicks } from './clicks.service.js';
export { Visits } from './visits.service.js';
export { ClickVerdicts } from './click-verdicts.service.js';
export { PROVIDERS } from './provider-events/provider.js';
export { ProviderEvents } from './provider-events/provider-events.service.js';
export {
  ProviderSources,
  type ProviderSource,
  type ProviderSourceId,
  type RevealedSource,
  SEALED_PROVIDER_SECRETS,
} from './provider-events/provider-sources.service.js';
export { MailboxProgress } from './mailbox-progress.service.js';
export { MailboxReader } from './mailbox-reader.service.js';
