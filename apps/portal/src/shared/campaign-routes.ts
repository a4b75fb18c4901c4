import type { z } from 'zod';
import type {
  ApplyTestWinner,
  CampaignDetail,
  CampaignLayoutContent,
  CampaignLayouts,
  CampaignPreview,
  CampaignTags,
  CampaignTemplates,
  CampaignVersionCard,
  CampaignVersionDetail,
  Campaigns,
  LifetimeView,
  OldContents,
  PlanView,
  ProgrammeDryRunView,
  RecalledCampaign,
  RecallExtentView,
  RecallRowViews,
  RecallView,
  RecallViews,
  Reviewers,
  SampleDryRunView,
  ShippedPreview,
  VendorActivations,
  VendorActivationView,
  VendorExperiments,
  VersionUpdatesView,
  WavesView,
} from '#contracts';

/** Response types of the routes for campaigns, see `Routes`. */
export interface CampaignRoutes {
  'POST /campaign-copies': CampaignVersionCard;
  'GET /campaign-layouts': CampaignLayouts;
  'GET /campaign-layouts/:name': CampaignLayoutContent;
  'GET /campaign-layouts/:name/preview': ShippedPreview;
  'GET /campaign-templates': CampaignTemplates;
  'GET /campaign-templates/:name/preview': ShippedPreview;
  'GET /campaigns': z.output<typeof Campaigns>;
  'GET /campaigns/:campaignId': z.output<typeof CampaignDetail>;
  'GET /campaign-reviewers': Reviewers;
  'GET /campaign-plan': PlanView;
  'GET /campaigns/:campaignId/versions/:number': CampaignVersionDetail;
  'POST /campaigns/:campaignId/versions/:number/approve': unknown;
  'POST /campaigns/:campaignId/versions/:number/check-links': unknown;
  'POST /campaigns/:campaignId/versions/:number/comments': unknown;
  'POST /campaigns/:campaignId/versions/:number/dry-run': SampleDryRunView;
  'POST /campaigns/:campaignId/retire': unknown;
  'POST /campaigns/:campaignId/recall': RecalledCampaign;
  'POST /campaigns/:campaignId/recall/preview': RecallExtentView;
  'GET /campaigns/:campaignId/lifetime': LifetimeView;
  'PUT /campaigns/:campaignId/lifetime': LifetimeView;
  'GET /old-contents': OldContents;
  'GET /campaigns/:campaignId/experiments': VendorExperiments;
  'PUT /campaigns/:campaignId/versions/:number/test-winner': z.output<typeof ApplyTestWinner>;
  'GET /campaigns/:campaignId/recalls': z.output<typeof RecallViews>;
  'GET /campaigns/:campaignId/recalls/:recallId': RecallView;
  'GET /campaigns/:campaignId/recalls/:recallId/rows': z.output<typeof RecallRowViews>;
  'POST /campaigns/:campaignId/recalls/:recallId/reverse': RecallView;
  'POST /campaigns/:campaignId/stop-launches': unknown;
  'POST /campaigns/:campaignId/allow-launches': unknown;
  'GET /campaign-tags': z.output<typeof CampaignTags>;
  'PATCH /campaigns/:campaignId/tags': unknown;
  'POST /campaigns/:campaignId/archive': unknown;
  'POST /campaigns/:campaignId/restore': unknown;
  'DELETE /campaigns/:campaignId/versions/:number': undefined;
  'POST /campaigns': CampaignVersionCard;
  'POST /campaigns/:campaignId/versions': CampaignVersionCard;
  'POST /campaigns/:campaignId/versions/:number/publish': unknown;
  'POST /campaigns/:campaignId/versions/:number/extend': unknown;
  'POST /campaigns/:campaignId/versions/:number/submit': unknown;
  'POST /campaigns/:campaignId/versions/:number/withdraw': unknown;
  'POST /campaigns/:campaignId/versions/:number/confirmations': unknown;
  'POST /campaigns/:campaignId/versions/:number/return': unknown;
  'GET /campaigns/:campaignId/versions/:number/preview/:kind/:templateKey': z.output<typeof CampaignPreview>;
  'POST /campaigns/:campaignId/versions/:number/comments/:commentId/answers': unknown;
  'POST /campaigns/:campaignId/versions/:number/comments/:commentId/resolve': unknown;
  'POST /campaigns/:campaignId/versions/:number/comments/:commentId/reopen': unknown;
  'GET /campaigns/:campaignId/versions/:number/programme-dry-run': ProgrammeDryRunView;
  'POST /campaigns/:campaignId/versions/:number/programme-dry-run': ProgrammeDryRunView;
  'GET /campaigns/:campaignId/activations': z.output<typeof VendorActivations>;
  'GET /campaigns/:campaignId/versions/:number/update': VersionUpdatesView;
  'POST /campaigns/:campaignId/versions/:number/update': VersionUpdatesView;
  'POST /campaigns/:campaignId/versions/:number/update/contacts': VersionUpdatesView;
  'POST /campaigns/:campaignId/versions/:number/update/:updateId/roll-back': VersionUpdatesView;
  'POST /campaigns/:campaignId/versions/:number/update/:updateId/continue': VersionUpdatesView;
  'GET /campaigns/:campaignId/versions/:number/waves': WavesView;
  'POST /campaigns/:campaignId/versions/:number/waves': WavesView;
  'POST /campaigns/:campaignId/versions/:number/waves/pause': WavesView;
  'POST /campaigns/:campaignId/versions/:number/waves/:waveId/open': WavesView;
  'POST /campaigns/:campaignId/versions/:number/waves/:waveId/plan': WavesView;
  'DELETE /campaigns/:campaignId/versions/:number/waves/:waveId': WavesView;
  'POST /campaigns/:campaignId/activations/:activationId/hold': VendorActivationView;
  'POST /campaigns/:campaignId/activations/:activationId/release': VendorActivationView;
  'POST /campaigns/:campaignId/activations/:activationId/stop': VendorActivationView;
}
