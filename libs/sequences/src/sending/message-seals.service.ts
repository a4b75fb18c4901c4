import { Inject, Injectable } from '@nestjs/common';
import { type SealedActivation, SealedCopies, type SealedEmail } from '#activations';
import { CONFIG, type Config } from '#config';
import type { SignedReceipt } from '#contracts';
import type { LeasedMessage } from '#delivery';
import { Clock, type Locale, type PartnerId, type SystemActor } from '#kernel';
import type { RecipientValues } from '#rendering';
import { mailHashes, type PinnedValues, SealRecords, signingActor, SigningKeys, verifyEmail } from '#seal';

/** Verifies messages before submission, and writes receipts. */
@Injectable()
export class MessageSeals {
  private readonly origin: string;

  constructor(
    private readonly copies: SealedCopies,
    private readonly records: SealRecords,
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_URL' | 'SEAL_SAMPLE'>,
  ) {
    this.origin = new URL(config.PUBLIC_URL).origin;
  }

  /**
   * @returns an e-mail whose compiled program matches its seal; null if it does
   *   not. A mismatch is recorded.
   */
  email(actor: SystemActor, activation: SealedActivation, key: string, locale: Locale): Promise<SealedEmail | null> {
    return this.copies.email(actor, activation, key, locale);
  }

  /**
   * Signs the receipt of a message. For a sample of messages, it first verifies
   * the final, decoded bytes against the seal and the recipient's values.
   * @param mail final bytes, and the pieces that they were joined from.
   * @returns the signed receipt; null if the bytes do not match. A mismatch is
   *   recorded.
   */
  async seal(
    message: LeasedMessage,
    email: SealedEmail,
    { raw, pieces }: { readonly raw: Buffer; readonly pieces: readonly Buffer[] },
    recipient: RecipientValues,
  ): Promise<SignedReceipt | null> {
    const { key, locale } = email.copy.master;
    const verdict = this.isSampled(message) ? verifyEmail(email.copy, raw, pinsOf(recipient), pieces) : null;
    if (verdict?.finding != null) {
      const activation = { id: message.activationId, partnerId: message.partnerId, vendorId: message.vendorId };
      await this.copies.refuse(activation, { medium: 'email', key, locale }, verdict.finding);
      return null;
    }
    const { vendorId, activationId, versionId, manifestHash } = email.seal;
    return this.keys.sign(signingActor(message.vendorId), {
      format: 'throughline/receipt@1',
      vendorId,
      subject: { kind: 'message', id: message.id },
      activationId,
      versionId,
      manifestHash,
      medium: 'email',
      key,
      locale,
      sealedAt: this.clock.now().toISOString(),
      origin: this.origin,
      verified: verdict === null ? 'program' : 'final-bytes',
      hashes: mailHashes(raw, verdict?.mail ?? null),
    });
  }

  /** Stores receipts before submission. */
  async storeReceipts(
    actor: SystemActor,
    partnerId: PartnerId,
    sealed: readonly { readonly receipt: SignedReceipt; readonly fence: number }[],
  ): Promise<void> {
    await this.records.storeReceipts(
      actor,
      partnerId,
      sealed.map(({ receipt }) => receipt),
      sealed.map(({ fence }) => fence),
    );
  }

  /**
   * The sample is the same in every attempt. The last digits of an id are
   * random.
   */
  private isSampled({ id }: LeasedMessage): boolean {
    return Number.parseInt(id.slice(-8), 16) < this.config.SEAL_SAMPLE * 2 ** 32;
  }
}

/**
 * Values that recipient holes must show. Without a value the hole shows its
 * fallback.
 */
function pinsOf({ links, ...fields }: RecipientValues): PinnedValues {
  const pins = new Map<string, string | null>();
  for (const [field, value] of Object.entries(fields)) pins.set(`recipient.${field}`, value);
  for (const [name, url] of Object.entries(links)) pins.set(`links.${name}`, url);
  return pins;
}
