import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '#config';
import { type CampaignVersionId, notFound, type PartnerId } from '#kernel';

/** A picture of a post of an offer, in the branding of a partner. */
interface OfferPicture {
  readonly partnerId: PartnerId;
  readonly versionId: CampaignVersionId;
  /** Of the post. */
  readonly key: string;
}

const MAC_BYTES = 16;

/**
 * Addresses of pictures in e-mails to partners. Mail programs fetch them without
 * a sign-in, and only then they are drawn: 5,000 e-mails need no 5,000 pictures.
 */
@Injectable()
export class OfferPictureLinks {
  private readonly key: Buffer;
  private readonly publicUrl: string;

  constructor(@Inject(CONFIG) { SECRET_KEY, PUBLIC_URL }: Pick<Config, 'SECRET_KEY' | 'PUBLIC_URL'>) {
    this.key = Buffer.from(hkdfSync('sha256', SECRET_KEY, '', 'throughline/activations/offer-picture', 32));
    this.publicUrl = PUBLIC_URL;
  }

  url({ partnerId, versionId, key }: OfferPicture): string {
    const body = Buffer.from([partnerId, versionId, key].join(' '));
    return `${this.publicUrl}/n/pictures/${Buffer.concat([this.mac(body), body]).toString('base64url')}`;
  }

  /** @throws DomainError `link.not-found` for a token that was not made here. */
  open(token: string): OfferPicture {
    const bytes = Buffer.from(token, 'base64url');
    const body = bytes.subarray(MAC_BYTES);
    const isOurs = bytes.length > MAC_BYTES && timingSafeEqual(bytes.subarray(0, MAC_BYTES), this.mac(body));
    if (!isOurs) throw notFound('link', 'token');
    const [partnerId, versionId, key] = body.toString().split(' ') as [PartnerId, CampaignVersionId, string];
    return { partnerId, versionId, key };
  }

  private mac(body: Buffer): Buffer {
    return createHmac('sha256', this.key).update(body).digest().subarray(0, MAC_BYTES);
  }
}
