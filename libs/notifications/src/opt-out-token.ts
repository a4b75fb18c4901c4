import { createHmac, timingSafeEqual } from 'node:crypto';
import { NotificationKind } from '#contracts';
import { derivedId, type Id, type OrganisationId } from '#kernel';

/** A person, or a mailbox without an account. */
export type ReaderId = Id<'user'> | Id<'mailbox'>;

/** What a link in an e-mail changes: one kind, of one reader, at one organisation. */
export interface OptOut {
  readonly readerId: ReaderId;
  readonly organisationId: OrganisationId;
  readonly kind: NotificationKind;
}

const MAC_BYTES = 16;
const ID_BYTES = 16;

/** The same for each spelling of the address. No address can be read from it. */
export const mailboxId = (organisationId: OrganisationId, address: string): Id<'mailbox'> =>
  derivedId<Id<'mailbox'>>(organisationId, address.trim().toLowerCase());

/**
 * An unguessable token: a 128-bit HMAC-SHA-256 (RFC 2104, truncated), the two
 * ids and the kind. Nothing is stored per e-mail. It has no end: a person may
 * unsubscribe from an old e-mail.
 */
export function sealOptOut(key: Buffer, { readerId, organisationId, kind }: OptOut): string {
  const body = Buffer.concat([bytesOf(readerId), bytesOf(organisationId), Buffer.from(kind)]);
  return Buffer.concat([mac(key, body), body]).toString('base64url');
}

/** @returns null for a token that was not sealed with the key. */
export function openOptOut(key: Buffer, token: string): OptOut | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length <= MAC_BYTES + 2 * ID_BYTES || bytes.toString('base64url') !== token) return null;
  const body = bytes.subarray(MAC_BYTES);
  if (!timingSafeEqual(bytes.subarray(0, MAC_BYTES), mac(key, body))) return null;
  const kind = NotificationKind.safeParse(body.toString('utf8', 2 * ID_BYTES));
  if (!kind.success) return null;
  return {
    readerId: idOf(body.subarray(0, ID_BYTES)) as ReaderId,
    organisationId: idOf(body.subarray(ID_BYTES, 2 * ID_BYTES)) as OrganisationId,
    kind: kind.data,
  };
}

const mac = (key: Buffer, body: Buffer): Buffer =>
  createHmac('sha256', key).update(body).digest().subarray(0, MAC_BYTES);

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

function idOf(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
