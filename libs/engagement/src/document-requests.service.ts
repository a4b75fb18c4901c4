import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import type { Source } from '#contracts';
import { Database } from '#database';
import { type ActivationId, Clock, type ContactId, DAY_MS, type Id, MINUTE_MS, newId, type SystemActor } from '#kernel';
import type { TokenSubject } from './message-links.service.js';

/** How long a link of a requested document works. */
const VALID_MS = 7 * DAY_MS;
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** A contact's id, and the end in whole minutes since 1970. */
const BODY_BYTES = 20;

/** A document of an activation. */
export interface RequestedDocument {
  readonly activationId: ActivationId;
  /** In the campaign. */
  readonly key: string;
}

/**
 * Documents that contacts ask for: links that deliver one for seven days, and the
 * record of each request. A link is a token of contact and end, encrypted for the
 * document (AES-256-GCM, RFC 5116). Nothing is stored per link.
 */
@Injectable()
export class DocumentRequests {
  /** All that were ever used, the current one first. */
  private readonly keys: readonly Buffer[];

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) { SECRET_KEY, SECRET_KEY_PREVIOUS }: Pick<Config, 'SECRET_KEY' | 'SECRET_KEY_PREVIOUS'>,
  ) {
    this.keys = [SECRET_KEY, ...SECRET_KEY_PREVIOUS].map((secret) =>
      Buffer.from(hkdfSync('sha256', secret, '', 'throughline/engagement/requested-document', 32)),
    );
  }

  /**
   * A token by which the contact gets the document. Each one differs, and nobody
   * reads it: an id tells since when a contact is known.
   */
  token(document: RequestedDocument, contactId: ContactId): string {
    const body = Buffer.alloc(BODY_BYTES);
    body.write(contactId.replaceAll('-', ''), 'hex');
    body.writeUInt32BE(Math.floor((this.clock.now().getTime() + VALID_MS) / MINUTE_MS), 16);
    const [key = Buffer.alloc(0)] = this.keys;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce).setAAD(nameOf(document));
    const sealed = Buffer.concat([cipher.update(body), cipher.final()]);
    return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
  }

  /** @returns the contact of a token that is valid for the document; else null. */
  open(document: RequestedDocument, token: string): ContactId | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== NONCE_BYTES + BODY_BYTES + TAG_BYTES || bytes.toString('base64url') !== token) return null;
    for (const key of this.keys) {
      const body = opened(key, document, bytes);
      if (body === null) continue;
      if (body.readUInt32BE(16) * MINUTE_MS <= this.clock.now().getTime()) return null;
      const hex = body.toString('hex', 0, 16);
      const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
      return groups.join('-') as ContactId;
    }
    return null;
  }

  /**
   * Records that a contact asked for a document and got it, unless it did within
   * the time before, or has been deleted. Joins the open transaction of a process.
   * @param withinMs null: ever before.
   */
  async record(
    actor: SystemActor,
    subject: Pick<TokenSubject, 'partnerId' | 'vendorId' | 'activationId' | 'contactId'>,
    key: string,
    { source, withinMs }: { readonly source: Source; readonly withinMs: number | null },
  ): Promise<void> {
    const { partnerId, vendorId, activationId, contactId } = subject;
    const now = this.clock.now();
    const since = withinMs === null ? null : new Date(now.getTime() - withinMs);
    await this.database.inTransaction(actor, () =>
      this.database.query(
        `INSERT INTO engagement.interaction (id, partner_id, vendor_id, activation_id, contact_id, kind, link_name, at, source)
         SELECT $1, $2, $3, $4, $5, 'document', $6, $7, $9 WHERE NOT EXISTS (SELECT FROM engagement.interaction
           WHERE contact_id = $5 AND activation_id = $4 AND kind = 'document' AND link_name = $6
             AND ($8::timestamptz IS NULL OR at > $8))
           AND EXISTS (SELECT FROM contacts.contact_view WHERE id = $5)`,
        [newId<Id<'interaction'>>(), partnerId, vendorId, activationId, contactId, key, now, since, source],
      ),
    );
  }
}

const nameOf = ({ activationId, key }: RequestedDocument): Buffer => Buffer.from(`${activationId} ${key}`);

/** @returns null if the token was not made with this key for this document. */
function opened(key: Buffer, document: RequestedDocument, token: Buffer): Buffer | null {
  const decipher = createDecipheriv(CIPHER, key, token.subarray(0, NONCE_BYTES))
    .setAAD(nameOf(document))
    .setAuthTag(token.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(token.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}
