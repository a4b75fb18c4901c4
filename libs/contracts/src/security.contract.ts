import { z } from 'zod';
import { EmailField } from './email-field.js';

const Base64Url = z
  .string()
  .max(20_000)
  .regex(/^[\w-]+$/);
const Descriptor = z.object({ type: z.literal('public-key'), id: z.string() });
const PasskeyName = z.string().trim().min(1).max(80);
const Code = z.string().trim().min(1).max(60);

/** Options for `navigator.credentials.create` (WebAuthn, 5.4), as JSON. */
export const PasskeyCreationOptions = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number().int() })),
  /** In milliseconds. */
  timeout: z.number().int(),
  excludeCredentials: z.array(Descriptor),
  authenticatorSelection: z.object({
    residentKey: z.literal('required'),
    requireResidentKey: z.literal(true),
    userVerification: z.literal('required'),
  }),
  attestation: z.literal('none'),
});
export type PasskeyCreationOptions = z.infer<typeof PasskeyCreationOptions>;

/** Options for `navigator.credentials.get` (WebAuthn, 5.5), as JSON. */
export const PasskeyRequestOptions = z.object({
  challenge: z.string(),
  rpId: z.string(),
  /** In milliseconds. */
  timeout: z.number().int(),
  userVerification: z.literal('required'),
  /** Empty at sign-in: the authenticator offers its passkeys. */
  allowCredentials: z.array(Descriptor),
});
export type PasskeyRequestOptions = z.infer<typeof PasskeyRequestOptions>;

/** `RegistrationResponseJSON` of WebAuthn. */
export const PasskeyAttestation = z.object({
  id: Base64Url,
  rawId: Base64Url,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}),
  response: z.object({ clientDataJSON: Base64Url, attestationObject: Base64Url }),
});
export type PasskeyAttestation = z.infer<typeof PasskeyAttestation>;

/** `AuthenticationResponseJSON` of WebAuthn. */
export const PasskeyAssertion = z.object({
  id: Base64Url,
  rawId: Base64Url,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}),
  response: z.object({ clientDataJSON: Base64Url, authenticatorData: Base64Url, signature: Base64Url }),
});
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>;

export const AddPasskey = z.strictObject({ name: PasskeyName, response: PasskeyAttestation });
export const RenamePasskey = z.strictObject({ name: PasskeyName });

export const PasskeyView = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});
export type PasskeyView = z.infer<typeof PasskeyView>;

/** A link is mailed to the new address. */
export const ChangeEmail = z.strictObject({ email: EmailField });

/** How a person signs in. */
export const SecurityView = z.object({
  passkeys: z.array(PasskeyView),
  /** Since when codes of an authenticator app are asked for; null: not. */
  totpSince: z.iso.datetime().nullable(),
  recoveryCodesLeft: z.number().int(),
});
export type SecurityView = z.infer<typeof SecurityView>;

/** A new secret for an authenticator app, shown once. */
export const TotpSecretView = z.object({
  /** Base32, for typing. */
  secret: z.string(),
  /** `otpauth://totp/…` */
  url: z.string(),
  /** The url as a QR code: a data URL of an SVG picture. */
  qrCode: z.string(),
});
export type TotpSecretView = z.infer<typeof TotpSecretView>;
export const TurnOnTotp = z.strictObject({ code: Code });
/** Shown once. */
export const RecoveryCodesView = z.object({ codes: z.array(z.string()) });

/** One proof that the person is there. */
export const Confirmation = z.union([
  z.strictObject({ password: z.string().min(1).max(1000) }),
  z.strictObject({ code: Code }),
  z.strictObject({ passkey: PasskeyAssertion }),
]);

/** A browser in which the person is signed in. */
export const OpenSessionView = z.object({
  id: z.uuid(),
  browser: z.string().nullable(),
  system: z.string().nullable(),
  signedInAt: z.iso.datetime(),
  /** Up to five minutes old. */
  seenAt: z.iso.datetime(),
  /** The session that asks. */
  isCurrent: z.boolean(),
});
export type OpenSessionView = z.infer<typeof OpenSessionView>;
/** Last seen first. */
export const OpenSessions = z.object({ items: z.array(OpenSessionView) });

/** What an organisation asks of its people's sign-ins. */
export const SignInPolicy = z.strictObject({ isSecondFactorRequired: z.boolean() });
export type SignInPolicy = z.infer<typeof SignInPolicy>;
