import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_KEY = 0x40;

interface Challenge {
  readonly challenge: string;
}

/** What a hostile browser or authenticator does differently. */
export interface Deviation {
  readonly origin?: string;
  readonly relyingPartyId?: string;
  readonly counter?: number;
  readonly isUserVerified?: boolean;
  readonly type?: 'webauthn.create' | 'webauthn.get';
}

/**
 * An authenticator with one ES256 key (WebAuthn level 3) that can also do what
 * browsers refuse: answer for another origin, or repeat a counter.
 */
export class SoftwareAuthenticator {
  readonly id = randomBytes(16).toString('base64url');
  private readonly privateKey: KeyObject;
  private readonly x: Buffer;
  private readonly y: Buffer;
  private counter = 0;

  constructor(private readonly origin: string) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.privateKey = privateKey;
    this.x = Buffer.from(x, 'base64url');
    this.y = Buffer.from(y, 'base64url');
  }

  /** Answers `navigator.credentials.create`, with no attestation. */
  attest({ challenge }: Challenge, deviation: Deviation = {}) {
    const credentialId = Buffer.from(this.id, 'base64url');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(credentialId.length);
    const authenticatorData = Buffer.concat([
      this.authenticatorData(HAS_KEY, deviation),
      Buffer.alloc(16),
      length,
      credentialId,
      this.publicKey(),
    ]);
    const attestationObject = Buffer.concat([
      Buffer.from([0xa3]),
      text('fmt'),
      text('none'),
      text('attStmt'),
      Buffer.from([0xa0]),
      text('authData'),
      bytes(authenticatorData),
    ]);
    return {
      ...this.credential(),
      response: {
        clientDataJSON: this.clientData('webauthn.create', challenge, deviation).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
      },
    };
  }

  /** Answers `navigator.credentials.get`. */
  assert({ challenge }: Challenge, deviation: Deviation = {}) {
    this.counter += 1;
    const authenticatorData = this.authenticatorData(0, deviation);
    const clientData = this.clientData('webauthn.get', challenge, deviation);
    const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientData).digest()]);
    return {
      ...this.credential(),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authenticatorData.toString('base64url'),
        signature: sign('sha256', signed, this.privateKey).toString('base64url'),
      },
    };
  }

  private credential() {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {} };
  }

  private clientData(type: NonNullable<Deviation['type']>, challenge: string, deviation: Deviation): Buffer {
    const origin = deviation.origin ?? this.origin;
    return Buffer.from(JSON.stringify({ type: deviation.type ?? type, challenge, origin, crossOrigin: false }));
  }

  private authenticatorData(flags: number, deviation: Deviation): Buffer {
    const { relyingPartyId = new URL(this.origin).hostname, counter = this.counter, isUserVerified = true } = deviation;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([
      createHash('sha256').update(relyingPartyId).digest(),
      Buffer.from([flags | USER_PRESENT | (isUserVerified ? USER_VERIFIED : 0)]),
      count,
    ]);
  }

  /** COSE_Key of an EC2 key: {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
  private publicKey(): Buffer {
    return Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      bytes(this.x),
      Buffer.from([0x22]),
      bytes(this.y),
    ]);
  }
}

/** CBOR text of at most 23 characters (RFC 8949). */
const text = (value: string): Buffer => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
/**
 * CBOR byte string of at most 65,535 bytes, in the shortest form: readers
 * encode the key again to find its end.
 */
const bytes = (value: Buffer): Buffer => {
  const head = value.length < 256 ? [0x58, value.length] : [0x59, value.length >> 8, value.length & 0xff];
  return Buffer.concat([Buffer.from(head), value]);
};
