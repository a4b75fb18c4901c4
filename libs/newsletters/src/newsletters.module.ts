import { Module } from '@nestjs/common';
import { CampaignsModule } from '#campaigns';
import { ContentModule } from '#content';
import { IdentityModule } from '#identity';
import { NotificationsModule } from '#notifications';
import { OrganisationsModule } from '#organisations';
import { NewsletterAudiences } from './newsletter-audiences.service.js';
import { NewsletterLinks } from './newsletter-links.service.js';
import { NewsletterPost } from './newsletter-post.service.js';
import { NewsletterPreviews } from './newsletter-previews.service.js';
import { NewsletterSending } from './newsletter-sending.service.js';
import { NewsletterTests } from './newsletter-tests.service.js';
import { Newsletters } from './newsletters.service.js';
import { NewslettersRepository } from './newsletters.repository.js';
import { ReceivedNewsletters } from './received-newsletters.service.js';

@Module({
  imports: [CampaignsModule, ContentModule, IdentityModule, NotificationsModule, OrganisationsModule],
  providers: [
    NewslettersRepository,
    NewsletterAudiences,
    NewsletterLinks,
    NewsletterPost,
    NewsletterPreviews,
    NewsletterTests,
    NewsletterSending,
    Newsletters,
    ReceivedNewsletters,
  ],
  exports: [
    NewsletterAudiences,
    NewsletterLinks,
    NewsletterPreviews,
    NewsletterTests,
    NewsletterSending,
    Newsletters,
    ReceivedNewsletters,
  ],
})
export class NewslettersModule {}
