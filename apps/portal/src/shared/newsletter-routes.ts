import type { z } from 'zod';
import type {
  NewsletterAudienceView,
  NewsletterPage,
  NewsletterPreviewView,
  NewsletterTest,
  NewsletterView,
  ReceivedNewsletterView,
} from '#contracts';

/** Routes of newsletters, for vendor and partner. Part of `Routes`. */
export interface NewsletterRoutes {
  'GET /newsletters': z.output<typeof NewsletterPage>;
  'POST /newsletters': NewsletterView;
  'POST /newsletters/audience': NewsletterAudienceView;
  'GET /newsletters/:newsletterId': NewsletterView;
  'PUT /newsletters/:newsletterId': NewsletterView;
  'DELETE /newsletters/:newsletterId': undefined;
  'POST /newsletters/:newsletterId/preview': NewsletterPreviewView;
  'POST /newsletters/:newsletterId/test': z.output<typeof NewsletterTest>;
  'POST /newsletters/:newsletterId/send': NewsletterView;
  'POST /newsletters/:newsletterId/cancel': NewsletterView;
  'GET /received-newsletters/:newsletterId': ReceivedNewsletterView;
  'POST /received-newsletters/:newsletterId/opening': undefined;
}
