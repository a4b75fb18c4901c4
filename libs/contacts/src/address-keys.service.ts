import { createHmac, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '#config';
import type { PartnerId, VendorId } from '#kernel';

/**
 * What an address is recognised for.
 * Each scope has its own key: hashes of two scopes cannot be compared.
 */
export type KeyScope =
  | { readonly kind: 'platform' }
  | { readonly kind: 'vendor'; readonly vendorId: VendorId }
  | { readonly kind: 'partner'; readonly partnerId: PartnerId }
  | { readonly kind: 'membership'; readonly vendorId: VendorId; readonly partnerId: PartnerId };

/**
 * Stored with every key, so that a later derivation can exist besides this one.
 */
export const KEY_VERSION = 1;

/**
 * Recognises addresses without storing them.
 * HMAC-SHA256 of the normalised address; the keys are not in the database.
 */
@Injectable()
export class AddressKeys {
  private readonly keys = new Map<string, Buffer>();

  /**
   * Addresses that are stored as hashes only cannot be hashed anew: their keys
   * come from the first SECRET_KEY of the installation.
   */
  private readonly first: string;

  constructor(@Inject(CONFIG) config: Pick<Config, 'SECRET_KEY' | 'SECRET_KEY_PREVIOUS'>) {
    this.first = config.SECRET_KEY_PREVIOUS.at(-1) ?? config.SECRET_KEY;
  }

  /**
   * @param normalised as `parseEmail` gives it.
   * @returns 32 bytes.
   */
  keyOf(scope: KeyScope, normalised: string): Buffer {
    return createHmac('sha256', this.scopeKey(scope)).update(normalised).digest();
  }

  /**
   * HKDF-SHA256 (RFC 5869) of the secret key; the scope and version are its
   * `info`.
   */
  private scopeKey(scope: KeyScope): Buffer {
    const name = scopeName(scope);
    const known = this.keys.get(name);
    if (known !== undefined) return known;
    const info = `throughline/contacts/address-key/v${KEY_VERSION}/${name}`;
    const key = Buffer.from(hkdfSync('sha256', this.first, '', info, 32));
    if (this.keys.size < 10_000) this.keys.set(name, key);
    return key;
  }
}

function scopeName(scope: KeyScope): string {
  switch (scope.kind) {
    case 'platform':
      return 'platform';
    case 'vendor':
      return `vendor:${scope.vendorId}`;
    case 'partner':
      return `partner:${scope.partnerId}`;
    case 'membership':
      return `membership:${scope.vendorId}:${scope.partnerId}`;
  }
}
