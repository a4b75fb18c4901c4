export { NewslettersModule } from './newsletters.module.js';
export type { NewsletterId } from './newsletter.js';
export { NewsletterAudiences } from './newsletter-audiences.service.js';
export { NewsletterLinks } from './newsletter-links.service.js';
export { NewsletterPreviews } from './newsletter-previews.service.js';
export { NewsletterTests } from './newsletter-tests.service.js';
export { NewsletterSending } from './newsletter-sending.service.js';
export { Newsletters, newsletterVersion, type ShownNewsletter } from './newsletters.service.js';
export { ReceivedNewsletters } from './received-newsletters.service.js';
