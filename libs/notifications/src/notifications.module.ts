import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { OrganisationsModule } from '#organisations';
import { Digests } from './digests.service.js';
import { Inbox } from './inbox.service.js';
import { Notifier } from './notifier.service.js';
import { OptOutLinks } from './opt-out-links.service.js';

@Module({
  imports: [IdentityModule, OrganisationsModule],
  providers: [Digests, Inbox, Notifier, OptOutLinks],
  exports: [Digests, Inbox, Notifier, OptOutLinks],
})
export class NotificationsModule {}
