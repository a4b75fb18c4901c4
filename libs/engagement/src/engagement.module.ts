import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { BrandModule } from '#brand';
import { ContactsModule } from '#contacts';
import { DeliveryModule } from '#delivery';
import { IdentityModule } from '#identity';
import { NotificationsModule } from '#notifications';
import { OrganisationsModule } from '#organisations';
import { SealModule } from '#seal';
import { ForwardingNotices } from './forwarding-notices.service.js';
import { ReplyForwarding } from './reply-forwarding.service.js';
import { DocumentRequests } from './document-requests.service.js';
import { ClickVerdicts } from './click-verdicts.service.js';
import { Clicks } from './clicks.service.js';
import { ReturnEffects } from './return-effects.service.js';
import { HumanInteractions } from './human-interactions.service.js';
import { Interactions } from './interactions.service.js';
import { LinkTargets } from './link-targets.service.js';
import { MessageLinks } from './message-links.service.js';
import { PublicTokens } from './public-tokens.service.js';
import { ReturnAddresses } from './return-addresses.service.js';
import { Visitors } from './visitors.service.js';
import { TokenKeys } from './token-keys.service.js';
import { MailboxProgress } from './mailbox-progress.service.js';
import { MailboxReader } from './mailbox-reader.service.js';
import { ProviderEvents } from './provider-events/provider-events.service.js';
import { ProviderSources } from './provider-events/provider-sources.service.js';
import { SnsClient } from './provider-events/sns-client.service.js';
import { ReturnSubjects } from './return-subjects.service.js';
import { Returns } from './returns.service.js';
import { Unsubscribe } from './unsubscribe.service.js';
import { Visits } from './visits.service.js';

const SERVICES = [
  ClickVerdicts,
  Clicks,
  DocumentRequests,
  HumanInteractions,
  Interactions,
  LinkTargets,
  MessageLinks,
  PublicTokens,
  ReturnAddresses,
  Visitors,
  Visits,
];

@Module({
  imports: [DeliveryModule],
  providers: [TokenKeys, ...SERVICES],
  exports: SERVICES,
})
export class EngagementModule {}

/** The unsubscribe links of e-mails. */
@Module({
  imports: [ContactsModule, EngagementModule],
  providers: [Unsubscribe],
  exports: [Unsubscribe],
})
export class UnsubscribeModule {}

/** Webhook events of mail providers. */
@Module({
  imports: [ContactsModule, DeliveryModule, EngagementModule],
  providers: [ReturnEffects, ProviderEvents, ProviderSources, SnsClient],
  exports: [ProviderEvents, ProviderSources],
})
export class ProviderEventsModule {}

/** How far the mailbox is read, for an operator. */
@Module({ providers: [MailboxProgress], exports: [MailboxProgress] })
export class MailboxProgressModule {}

/**
 * Returned mail: for the process that also sends, because replies are
 * forwarded.
 */
@Module({})
export class ReturnsModule {
  /** @param mailer modules that export the MailTransport. */
  static with(mailer: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: ReturnsModule,
      imports: [
        BrandModule,
        ContactsModule,
        DeliveryModule,
        EngagementModule,
        IdentityModule,
        NotificationsModule,
        OrganisationsModule,
        SealModule,
        ...mailer,
      ],
      providers: [
        ForwardingNotices,
        ReplyForwarding,
        ReturnEffects,
        MailboxProgress,
        MailboxReader,
        ReturnSubjects,
        Returns,
      ],
      exports: [MailboxReader, Returns],
    };
  }
}
