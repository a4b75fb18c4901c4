import type { z } from 'zod';
import type {
  ActivationUpdateView,
  UpdatePreview,
  ActivationEmbeds,
  ActivationDetail,
  ActivationRecallViews,
  Activations,
  Assets,
  CalendarOutlook,
  ActivationExperiments,
  DatesView,
  StoredCalendar,
  LateView,
  RunningProgress,
  NewerVersionView,
  PublicHolidays,
  PostponementOutlook,
  ReadyPostView,
  ActivationLeadRule,
  PowerView,
  PeopleOfActivation,
} from '#contracts';

/** Response types of the routes for activations and their dates, see `Routes`. */
export interface ActivationRoutes {
  'GET /activations': z.output<typeof Activations>;
  'POST /activations': ActivationDetail;
  'GET /activations/:activationId': ActivationDetail;
  'GET /activations/progress': RunningProgress;
  'GET /activations/:activationId/assets': z.output<typeof Assets>;
  'GET /activations/:activationId/dates': DatesView;
  'GET /activations/:activationId/experiments': ActivationExperiments;
  'GET /experiment-power': z.output<typeof PowerView>;
  'GET /activations/:activationId/embeds': ActivationEmbeds;
  'GET /activations/:activationId/late': LateView;
  'GET /activations/:activationId/recalls': z.output<typeof ActivationRecallViews>;
  'GET /activations/:activationId/newer-version': NewerVersionView;
  'GET /activations/:activationId/update': ActivationUpdateView;
  'POST /activations/:activationId/update/answers': ActivationUpdateView;
  'POST /activations/:activationId/update/emails/:key': UpdatePreview;
  'POST /activations/:activationId/postponements': ActivationDetail;
  'POST /activations/:activationId/postponements/outlook': PostponementOutlook;
  'PUT /activations/:activationId/ready-posts/:postKey': ReadyPostView;
  'POST /activations/:activationId/stop': ActivationDetail;
  'PUT /calendar': StoredCalendar;
  'GET /calendar': StoredCalendar;
  'POST /calendar/outlook': CalendarOutlook;
  'GET /calendar/public-holidays': PublicHolidays;
  'POST /activations/:activationId/hold': ActivationDetail;
  'POST /activations/:activationId/resume': ActivationDetail;
  'GET /activations/:activationId/lead-rule': ActivationLeadRule;
  'PUT /activations/:activationId/lead-rule': unknown;
  'GET /activations/:activationId/people': z.output<typeof PeopleOfActivation>;
}
