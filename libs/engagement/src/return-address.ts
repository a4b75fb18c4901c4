import { createHmac, timingSafeEqual } from 'node:crypto';
import { type InvitationId, isId, type MessageId } from '#kernel';

/** Addresses in the mail domain that receive returned mail. */
export type ReturnAddress =
  /**
   * A message's own return path (VERP): only the servers that carried it know
   * it.
   */
  | { readonly kind: 'bounce'; readonly messageId: MessageId }
  /** The return path of the mail of an invitation. */
  | { readonly kind: 'invitation'; readonly invitationId: InvitationId }
  /** Reply-To of a message: a mail to it answers this message. */
  | { readonly kind: 'reply'; readonly messageId: MessageId }
  /** The return path of a reply to the message that was forwarded. */
  | { readonly kind: 'forwarded'; readonly messageId: MessageId }
  /** `List-Unsubscribe` by mail (RFC 2369). */
  | { readonly kind: 'leave'; readonly messageId: MessageId }
  /** Where providers send complaints to, and every domain must answer (RFC 2142). */
  | { readonly kind: 'service' }
  /** Perhaps a partner's sending address. */
  | { readonly kind: 'sender'; readonly name: string };

const MAC_CHARS = 16;
const SERVICE_ADDRESSES = ['abuse', 'postmaster', 'fbl', 'returns'];
/** The sender of forwarded replies. */
export const RETURNS_ADDRESS = 'returns';

/**
 * The mailboxes of sealed addresses, and what their seals say. A seal of one
 * opens no other: people see the Reply-To and the address that unsubscribes by
 * mail, and must not be able to forge a return path with it. The id alone is in
 * `References` of every reply.
 */
const SEALED = {
  bounce: 'return path',
  invited: 'return path',
  reply: 'reply to',
  forwarded: 'forwarded reply to',
  leave: 'leave',
} as const;
export type SealedMailbox = keyof typeof SEALED;

/**
 * The local part of a sealed address: its id and a 64-bit HMAC-SHA-256. A hard
 * bounce to a return path suppresses an address for all partners. The partner
 * knows the message's id and must not be able to forge a return path. Lower
 * case, at most 64 characters (RFC 5321, 4.5.3.1.1): some servers fold case.
 */
export function sealedLocalPart(key: Buffer, mailbox: SealedMailbox, id: MessageId | InvitationId): string {
  return `${mailbox}+${id}-${mac(key, mailbox, id)}`;
}

/**
 * @returns null for an address of another domain, or with a wrong seal. A
 *   return path may have any domain, because partners have their own hosts for
 *   it. Its seal alone proves that it is ours.
 */
export function openReturnAddress(keys: readonly Buffer[], domain: string, address: string): ReturnAddress | null {
  const at = address.lastIndexOf('@');
  const name = address.slice(0, at).toLowerCase();
  const [mailbox, rest = ''] = name.split('+', 2);
  const id = rest.slice(0, 36);
  if (isSealedMailbox(mailbox)) {
    if (!isId(id) || !keys.some((key) => isSealed(key, mailbox, id, rest.slice(37)))) return null;
    return mailbox === 'invited' ? { kind: 'invitation', invitationId: id } : { kind: mailbox, messageId: id };
  }
  if (address.slice(at + 1).toLowerCase() !== domain.toLowerCase()) return null;
  if (SERVICE_ADDRESSES.includes(name)) return { kind: 'service' };
  return /^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$/.test(name) ? { kind: 'sender', name } : null;
}

const isSealedMailbox = (mailbox: string | undefined): mailbox is SealedMailbox =>
  mailbox !== undefined && Object.hasOwn(SEALED, mailbox);

const isSealed = (key: Buffer, mailbox: SealedMailbox, id: string, seal: string): boolean =>
  seal.length === MAC_CHARS && timingSafeEqual(Buffer.from(seal), Buffer.from(mac(key, mailbox, id)));

const mac = (key: Buffer, mailbox: SealedMailbox, id: string): string =>
  createHmac('sha256', key).update(`${SEALED[mailbox]} ${id}`).digest('hex').slice(0, MAC_CHARS);
