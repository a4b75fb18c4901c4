import type { z } from 'zod';
import type {
  CampaignVersionCard,
  CanvasPreview,
  DraftFiles,
  EditCheck,
  PackageFiles,
  TestMails,
  TranslationDeskView,
  TranslationRecords,
  TranslationRuleView,
  XliffCheck,
} from '#contracts';

/** Response types of the routes for files of drafts, see `Routes`. */
export interface DraftRoutes {
  'GET /campaigns/:campaignId/draft-files': DraftFiles;
  'PUT /campaigns/:campaignId/draft-files': DraftFiles;
  'DELETE /campaigns/:campaignId/draft-files': undefined;
  'POST /campaigns/:campaignId/draft-files/save': CampaignVersionCard;
  'POST /campaigns/:campaignId/draft-files/uploads': DraftFiles;
  'GET /campaigns/:campaignId/translations': TranslationDeskView;
  'POST /campaigns/:campaignId/translations/:locale': TranslationRecords;
  'POST /campaigns/:campaignId/translations/:locale/reviews': TranslationRecords;
  'POST /campaigns/:campaignId/translations/:locale/reopened': TranslationRecords;
  'POST /campaigns/:campaignId/translations/:locale/requests': undefined;
  'POST /campaigns/:campaignId/translations/:locale/xliff-checks': XliffCheck;
  'GET /translation-rule': TranslationRuleView;
  'PATCH /translation-rule': TranslationRuleView;
  'PUT /translation-rule/reviewers/:locale': TranslationRuleView;
  'GET /campaigns/:campaignId/versions/:number/files': PackageFiles;
  'POST /campaigns/:campaignId/versions/:number/test-mails': z.output<typeof TestMails>;
  'POST /campaigns/:campaignId/versions/:number/files/check': EditCheck;
  'POST /campaigns/:campaignId/versions/:number/files/canvas': CanvasPreview;
}
