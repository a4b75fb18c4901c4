import { z } from 'zod';
import type { CampaignVersionId } from '#kernel';
import { HOLE_TYPES } from './hole-language.js';
import { idSchema } from './id.js';
import { TEMPLATE_TYPES } from './tactic-type.js';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Locale = z.string().min(2).max(35);
const Key = z.string().min(1).max(80);
const Instant = z.iso.datetime();
/** Scheme and host: `https://mail.vendor.example`. */
const Origin = z.string().regex(/^https?:\/\/[^/\s]+$/);

/**
 * Fixed bytes, numbered holes and blocks: the parts of a published template.
 */
export type SealedProgram = (string | SealedHoleNode | SealedWhenNode | SealedLockNode)[];
interface SealedHoleNode {
  hole: number;
}
interface SealedWhenNode {
  when: Record<string, string[]>;
  body: SealedProgram;
  otherwise: SealedProgram;
}
interface SealedLockNode {
  lock: string;
  body: SealedProgram;
}
const Program: z.ZodType<SealedProgram> = z.lazy(() =>
  z.array(
    z.union([
      z.string(),
      z.strictObject({ hole: z.number().int().min(0) }),
      z.strictObject({ when: z.record(z.string(), z.array(z.string())), body: Program, otherwise: Program }),
      z.strictObject({ lock: z.string(), body: Program }),
    ]),
  ),
);

export const SealedHole = z.strictObject({
  path: z.string(),
  type: z.enum(HOLE_TYPES),
  /** Filled once per activation, or for every recipient. */
  stage: z.enum(['brand', 'recipient']),
  maxChars: z.number().int().min(0),
  /** The text for a missing recipient value; null if a value is required. */
  fallback: z.string().nullable(),
});
export type SealedHole = z.infer<typeof SealedHole>;

export const SealedSlot = z.strictObject({
  name: z.string(),
  format: z.enum(['plain', 'inline', 'list', 'choice', 'link', 'picture', 'alt']),
  links: z.enum(['none', 'partner']),
  maxChars: z.number().int(),
  maxLines: z.number().int(),
  required: z.boolean(),
  /** Names of the options of a choice. */
  options: z.array(z.string()).optional(),
});
export type SealedSlot = z.infer<typeof SealedSlot>;

/** An e-mail or landing page in one locale, as it was approved. */
export const SealedMaster = z.strictObject({
  kind: z.enum(TEMPLATE_TYPES),
  key: Key,
  locale: Locale,
  /**
   * The renderer's own hash of the approved content: an activation names its
   * master by it.
   */
  approvedRoot: Sha256,
  /** Over the hashes of all segments, the holes and the slots. */
  root: Sha256,
  holes: z.array(SealedHole),
  slots: z.array(SealedSlot),
  locks: z.array(z.strictObject({ name: z.string(), hash: Sha256 })),
  html: Program,
  text: Program,
  subject: Program,
  preheader: Program,
});
export type SealedMaster = z.infer<typeof SealedMaster>;

const Box = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/**
 * An object that a document reserves for a partner, and its allowed content.
 */
export const ReservedObject = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('drawing'),
    object: z.number().int().min(1),
    page: z.number().int().min(0),
    boxes: z.array(Box),
  }),
  z.strictObject({ kind: z.literal('picture'), object: z.number().int().min(1), surface: z.enum(['light', 'dark']) }),
  z.strictObject({ kind: z.literal('mask'), object: z.number().int().min(1), surface: z.enum(['light', 'dark']) }),
  z.strictObject({ kind: z.literal('link'), object: z.number().int().min(1), slot: z.string(), box: Box }),
]);
export type ReservedObject = z.infer<typeof ReservedObject>;

/**
 * A PDF: its locked bytes are a prefix of every partner's copy; one revision
 * may follow.
 */
export const SealedDocument = z.strictObject({
  key: Key,
  locale: Locale,
  prefixBytes: z.number().int().min(1),
  prefixHash: Sha256,
  /** The trailer's entries as the revision has to repeat them. */
  trailer: z.string(),
  /** Byte offset of the prefix's cross-reference table. */
  xrefOffset: z.number().int().min(0),
  reserved: z.array(ReservedObject),
});
export type SealedDocument = z.infer<typeof SealedDocument>;

/** A post's picture: everything outside its boxes is locked. */
export const SealedPicture = z.strictObject({
  key: Key,
  locale: Locale,
  format: z.string(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  /**
   * Positions of the partner's logo and texts, in pixels from the upper left.
   */
  boxes: z.array(Box),
  /** SHA-256 of the raw RGB of every pixel outside the boxes, row by row. */
  lockedHash: Sha256,
});
export type SealedPicture = z.infer<typeof SealedPicture>;

/**
 * The complete approved publication: enough to verify every final copy of it.
 */
export const Manifest = z.strictObject({
  format: z.literal('throughline/manifest@2'),
  vendorId: z.uuid(),
  campaign: z.strictObject({
    name: z.string(),
    campaignId: z.uuid(),
    versionId: z.uuid(),
    number: z.number().int().min(1),
  }),
  packageHash: Sha256,
  compiledHash: Sha256,
  sealedAt: Instant,
  /** Where the product's own addresses began when this was published. */
  origin: Origin,
  masters: z.array(SealedMaster),
  documents: z.array(SealedDocument),
  pictures: z.array(SealedPicture),
});
export type Manifest = z.infer<typeof Manifest>;

/**
 * A partner's copy of a version: the approved values, and each master's hash
 * with them.
 */
export const ActivationSeal = z.strictObject({
  format: z.literal('throughline/activation-seal@1'),
  vendorId: z.uuid(),
  activationId: z.uuid(),
  versionId: z.uuid(),
  /** SHA-256 of the manifest's canonical JSON. */
  manifestHash: Sha256,
  sealedAt: Instant,
  origin: Origin,
  partnerHosts: z.array(z.string()),
  masters: z.array(
    z.strictObject({
      kind: z.enum(TEMPLATE_TYPES),
      key: Key,
      locale: Locale,
      root: Sha256,
      programHash: Sha256,
      valuesHash: Sha256,
      /** Approved values by path, as they appear in HTML. */
      values: z.record(z.string(), z.string()),
    }),
  ),
});
export type ActivationSeal = z.infer<typeof ActivationSeal>;

/** That certain final bytes were verified before they left. */
export const Receipt = z.strictObject({
  format: z.literal('throughline/receipt@1'),
  vendorId: z.uuid(),
  subject: z.strictObject({ kind: z.enum(['message', 'asset']), id: z.uuid() }),
  activationId: z.uuid(),
  versionId: z.uuid(),
  manifestHash: Sha256,
  medium: z.enum(['email', 'document', 'picture']),
  key: Key,
  locale: Locale,
  sealedAt: Instant,
  origin: Origin,
  /**
   * Whether the final bytes were matched, or only the baked program that they
   * come from.
   */
  verified: z.enum(['final-bytes', 'program']),
  hashes: z.strictObject({
    /** Hash of everything that was submitted or stored. */
    bytes: Sha256,
    /**
     * Hash of an e-mail's decoded parts, with line ends as LF: relays do not
     * change these.
     */
    html: Sha256.optional(),
    text: Sha256.optional(),
    subject: Sha256.optional(),
  }),
});
export type Receipt = z.infer<typeof Receipt>;

/** Ed25519 (RFC 8032) over the payload's canonical JSON (RFC 8785). */
const Signature = z.strictObject({
  algorithm: z.literal('Ed25519'),
  keyId: z.string(),
  /** base64url */
  value: z.string(),
});
export const SignedManifest = z.strictObject({ payload: Manifest, signature: Signature });
export const SignedActivationSeal = z.strictObject({ payload: ActivationSeal, signature: Signature });
export const SignedReceipt = z.strictObject({ payload: Receipt, signature: Signature });
export type SignedManifest = z.infer<typeof SignedManifest>;
export type SignedActivationSeal = z.infer<typeof SignedActivationSeal>;
export type SignedReceipt = z.infer<typeof SignedReceipt>;

/** A public key (RFC 8037); `kid` is its thumbprint (RFC 7638). */
export const SigningKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/),
  kid: z.string().regex(/^[\w-]{43}$/),
  use: z.literal('sig'),
  alg: z.literal('EdDSA'),
  createdAt: Instant,
  /** Signs no more since then; what it signed stays verifiable. */
  retiredAt: Instant.nullable(),
});
export type SigningKey = z.infer<typeof SigningKey>;
/** JSON Web Key Set (RFC 7517, 5). */
export const SigningKeys = z.object({ keys: z.array(SigningKey) });
export type SigningKeys = z.infer<typeof SigningKeys>;

/** Which version of an activation a seal or manifest is of. */
export const SealedVersion = z.strictObject({
  versionId: idSchema<CampaignVersionId>()
    .optional()
    .describe('as a receipt names it; absent: the version that the activation runs'),
});
