import { Injectable } from '@nestjs/common';
import { OfferedCampaigns, type PublishedVersion } from '#campaigns';
import { CompiledCampaigns } from '#content';
import { PartnerTerms } from '#joining';
import { type CampaignVersionId, Clock, DomainError, type PartnerActor } from '#kernel';
import { requireAllowed } from '../allowed-choices.js';
import { requireNotEnded } from '../offers/offer-end.js';
import { VendorServers } from '../relay-consent/vendor-servers.service.js';
import { LaunchBrand, type LaunchSource } from './launch-brand.service.js';
import { LaunchRecipients } from './launch-recipients.service.js';
import type { LaunchRequest } from './launch-request.js';
import { requireStart } from './launch-start.js';

export interface CheckedLaunch {
  readonly version: PublishedVersion;
  readonly source: LaunchSource;
}

/**
 * Whether a launch is possible: campaign, the vendor's terms, consent to its
 * servers, brand, recipients, start, choices.
 */
@Injectable()
export class LaunchChecks {
  constructor(
    private readonly clock: Clock,
    private readonly offered: OfferedCampaigns,
    private readonly compiled: CompiledCampaigns,
    private readonly brand: LaunchBrand,
    private readonly recipients: LaunchRecipients,
    private readonly servers: VendorServers,
    private readonly terms: PartnerTerms,
  ) {}

  /** @throws DomainError with what is wrong and how to correct it. */
  async check(actor: PartnerActor, request: LaunchRequest): Promise<CheckedLaunch> {
    const version = await this.requireOffered(actor, request.versionId);
    await this.terms.requireAccepted(actor, version.vendorId);
    await this.servers.requireConsent(actor.partnerId, version.vendorId);
    const compiled = await this.compiled.load(version.compiledHash);
    const source = await this.brand.source(actor, version, compiled, request);
    requireLanguage(version, source.locale);
    await this.recipients.refreshSegments(actor, request.lists);
    await this.recipients.requireContacts(actor, request.lists);
    await this.recipients.requireRecipients(actor, request, version, compiled);
    requireStart(request.startAt, this.clock.now());
    await this.brand.requireUsableTexts(actor, source);
    requireAllowed(compiled.definition.sequence, request.choices);
    return { version, source };
  }

  /**
   * Whether the version is still offered. In the open transaction, which stores
   * the launch: an end that comes later waits for it, and stops the activation.
   * @throws DomainError as `check`.
   */
  async checkOffer(actor: PartnerActor, version: PublishedVersion): Promise<void> {
    await this.offered.postponeEnd(actor, version);
    await this.requireOffered(actor, version.versionId);
  }

  private async requireOffered(actor: PartnerActor, versionId: CampaignVersionId): Promise<PublishedVersion> {
    const version = await this.offered.version(actor, versionId);
    requireNotEnded(version);
    if (version.launchesStopped)
      throw new DomainError(
        'campaign.launches-stopped',
        'The vendor allows no new launches of this campaign.',
        { field: 'versionId' },
        { kind: 'conflict' },
      );
    if (!version.inWindow(this.clock.now())) {
      throw new DomainError(
        'campaign.outside-window',
        `This campaign can be launched from ${version.opensOn} to ${version.closesOn}.`,
        { field: 'versionId', opensOn: version.opensOn, closesOn: version.closesOn },
        { kind: 'conflict' },
      );
    }
    return version;
  }
}

/** @throws DomainError `launch.language-recalled`. */
function requireLanguage({ recalls }: PublishedVersion, locale: string): void {
  if (!recalls.some(({ tactic, asset, locale: one }) => tactic === null && asset === null && one === locale)) return;
  throw new DomainError(
    'launch.language-recalled',
    'The vendor has recalled this campaign in this language. Launch it in another language.',
    { field: 'locale' },
    { kind: 'conflict' },
  );
}
