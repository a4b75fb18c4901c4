import type { z } from 'zod';
import type {
  NotificationSettings,
  OpenSessions,
  OrganisationDeletionView,
  OrganisationExports,
  OrganisationExportView,
  PasskeyCreationOptions,
  PasskeyView,
  ProfileView,
  RecoveryCodesView,
  SecurityView,
  SignInPolicy,
  TotpSecretView,
} from '#contracts';

/** Responses of the routes about the signed-in person and their organisation. */
export interface AccountRoutes {
  'GET /account/profile': ProfileView;
  'PATCH /account/profile': ProfileView;
  'GET /account/notifications': NotificationSettings;
  'PATCH /account/notifications': NotificationSettings;
  'DELETE /account/organisations/:organisationId': undefined;
  'GET /organisation/exports': z.output<typeof OrganisationExports>;
  'POST /organisation/exports': OrganisationExportView;
  'GET /organisation/exports/:exportId': OrganisationExportView;
  'GET /organisation/deletion': OrganisationDeletionView;
  'POST /organisation/deletion': OrganisationDeletionView;
  'DELETE /organisation/deletion': undefined;
  'GET /account/security': SecurityView;
  'PUT /account/password': undefined;
  'POST /account/email': undefined;
  'POST /account/passkeys': PasskeyView;
  'POST /account/passkeys/challenge': PasskeyCreationOptions;
  'PATCH /account/passkeys/:passkeyId': undefined;
  'DELETE /account/passkeys/:passkeyId': undefined;
  'POST /account/totp': TotpSecretView;
  'DELETE /account/totp': undefined;
  'POST /account/totp/confirmation': z.output<typeof RecoveryCodesView>;
  'POST /account/recovery-codes': z.output<typeof RecoveryCodesView>;
  'GET /sessions': z.output<typeof OpenSessions>;
  'DELETE /sessions': undefined;
  'DELETE /sessions/:sessionId': undefined;
  'GET /sign-in-policy': SignInPolicy;
  'PUT /sign-in-policy': SignInPolicy;
}
