import type { z } from 'zod';
import type { CampaignVersionCard, CanvasPreview, DraftFiles, EditCheck, PackageFiles, TestMails } from '#contracts';

/** Response types of the routes for files of drafts, see `Routes`. */
export interface DraftRoutes {
  'GET /campaigns/:campaignId/draft-files': DraftFiles;
  'PUT /campaigns/:campaignId/draft-files': DraftFiles;
  'DELETE /campaigns/:campaignId/draft-files': undefined;
  'POST /campaigns/:campaignId/draft-files/save': CampaignVersionCard;
  'POST /campaigns/:campaignId/draft-files/uploads': DraftFiles;
  'GET /campaigns/:campaignId/versions/:number/files': PackageFiles;
  'POST /campaigns/:campaignId/versions/:number/test-mails': z.output<typeof TestMails>;
  'POST /campaigns/:campaignId/versions/:number/files/check': EditCheck;
  'POST /campaigns/:campaignId/versions/:number/files/canvas': CanvasPreview;
}
