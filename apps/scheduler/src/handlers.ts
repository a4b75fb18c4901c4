import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import {
  ACTIVATION_LAUNCHED,
  ACTIVATION_RESUMED,
  ACTIVATION_STOPPED,
  ActivationControl,
  AssetRecallMail,
  CampaignNews,
  LaunchReminderMail,
  PARTNERSHIP_CHANGED,
  Partnerships,
  RecallWork,
  REMIND_PARTNER,
  RelayConsentControl,
  TELL_OF_RECALLED_ASSET,
  UpdateAudience,
  VersionNews,
} from '#activations';
import {
  CAMPAIGN_RETIRED,
  CARRY_OUT_RECALL,
  CHECK_LINKS,
  LinkChecks,
  type RecallId,
  VERSION_EXTENDED,
} from '#campaigns';
import { POLICY_REFUSED } from '#contacts';
import { PasswordResets, SEND_SYSTEM_MAIL, START_PASSWORD_RESET } from '#identity';
import { Handles } from '#jobs';
import { APPLICATION_RECEIVED, Applications, TERMS_PUBLISHED, TermsMail } from '#joining';
import type { ActivationId, CampaignVersionId, Id, OrganisationId, PartnerId, VendorId } from '#kernel';
import { VENDOR_SERVERS_CHANGED } from '#organisations';
import {
  DELETE_ORGANISATION,
  EXPORT_ORGANISATION,
  type OrganisationDeletionId,
  OrganisationEraser,
  type OrganisationExportId,
  OrganisationExports,
} from '#privacy';
import {
  type Chunk,
  Enrolments,
  LaunchEnrolments,
  COUNT_UPDATE_CONTACTS,
  FORECAST_PROGRAMME,
  PERFORM_ACTION,
  ProgrammeForecasts,
  UpdateCounts,
  RefusalWatch,
  StepActions,
  StepClaims,
  Submission,
  SUBMIT_FEW,
  SUBMIT_MESSAGES,
} from '#sequences';
import {
  DEAL_SHARED,
  type DealShareId,
  DealShareMail,
  DISCLOSURE_ANSWERED,
  type DisclosureId,
  DisclosureMail,
  LEAD_DISCLOSED,
} from '#leads';
import { DELIVER_WEBHOOKS, WEBHOOK_ENDPOINT_DISABLED, WebhookDispatch } from '#webhooks';
import { SystemMailDelivery } from './system-mail-delivery.service.js';
import { WebhookFailures } from './webhook-failures.service.js';

type DataOf<Job extends { readonly data: z.ZodType }> = z.output<Job['data']>;

/** Jobs of sequences, and the service that does each. */
@Injectable()
export class SequenceHandlers {
  constructor(
    private readonly relayConsents: RelayConsentControl,
    private readonly enrolments: Enrolments,
    private readonly launchEnrolments: LaunchEnrolments,
    private readonly claims: StepClaims,
    private readonly submission: Submission,
    private readonly actions: StepActions,
    private readonly refusals: RefusalWatch,
  ) {}

  @Handles(ACTIVATION_LAUNCHED)
  async launched({ activationId, partnerId }: DataOf<typeof ACTIVATION_LAUNCHED>): Promise<void> {
    await this.launchEnrolments.enrol(activationId as ActivationId, partnerId as PartnerId);
    // The first messages are sent now, not with the next scheduled claim.
    await this.claims.claimDue();
  }

  @Handles(ACTIVATION_RESUMED)
  async resumed({ activationId, partnerId }: DataOf<typeof ACTIVATION_RESUMED>): Promise<void> {
    await this.enrolments.resume(activationId as ActivationId, partnerId as PartnerId);
    await this.claims.claimDue();
  }

  @Handles(ACTIVATION_STOPPED)
  async stopped({ activationId, partnerId }: DataOf<typeof ACTIVATION_STOPPED>): Promise<void> {
    await this.enrolments.stop(activationId as ActivationId, partnerId as PartnerId);
  }

  @Handles(VENDOR_SERVERS_CHANGED)
  async vendorServersChanged({ vendorId }: DataOf<typeof VENDOR_SERVERS_CHANGED>): Promise<void> {
    await this.relayConsents.applyToVendor(vendorId as VendorId);
  }

  @Handles(SUBMIT_MESSAGES)
  async submitMessages({ partnerId, claims }: Chunk): Promise<void> {
    await this.submission.submit(partnerId, claims);
  }

  @Handles(SUBMIT_FEW)
  async submitFew({ partnerId, claims }: Chunk): Promise<void> {
    await this.submission.submit(partnerId, claims);
  }

  @Handles(POLICY_REFUSED)
  async policyRefused({ partnerId }: DataOf<typeof POLICY_REFUSED>): Promise<void> {
    await this.refusals.check(partnerId);
  }

  @Handles(PERFORM_ACTION)
  async performActions({ partnerId, actions }: DataOf<typeof PERFORM_ACTION>): Promise<void> {
    await this.actions.perform(partnerId, actions);
  }
}

/** What follows for partners when a vendor ends, recalls or extends a campaign, reminds them, or ends the partnership. */
@Injectable()
export class CampaignHandlers {
  constructor(
    private readonly control: ActivationControl,
    private readonly news: CampaignNews,
    private readonly versions: VersionNews,
    private readonly updates: UpdateAudience,
    private readonly reminders: LaunchReminderMail,
    private readonly partnerships: Partnerships,
    private readonly recalls: RecallWork,
    private readonly assets: AssetRecallMail,
  ) {}

  @Handles(CARRY_OUT_RECALL)
  async recalled({ recallId }: DataOf<typeof CARRY_OUT_RECALL>): Promise<void> {
    await this.recalls.carryOut(recallId as RecallId);
  }

  @Handles(TELL_OF_RECALLED_ASSET)
  async assetRecalled({ assetId, vendorId }: DataOf<typeof TELL_OF_RECALLED_ASSET>): Promise<void> {
    await this.assets.tell(assetId, vendorId);
  }

  @Handles(CAMPAIGN_RETIRED)
  async retired({ versionIds, code }: DataOf<typeof CAMPAIGN_RETIRED>): Promise<void> {
    await this.control.stopVersions(versionIds as CampaignVersionId[], code);
    await this.news.recordEnd(versionIds as CampaignVersionId[]);
  }

  @Handles(VERSION_EXTENDED)
  async extended({ at, ...data }: DataOf<typeof VERSION_EXTENDED>): Promise<void> {
    await this.versions.recordExtension({ ...data, at: new Date(at) });
    await this.updates.includeMore(data.versionId);
  }

  @Handles(PARTNERSHIP_CHANGED)
  async partnershipChanged(data: DataOf<typeof PARTNERSHIP_CHANGED>): Promise<void> {
    await this.partnerships.carryOut(data);
  }

  @Handles(REMIND_PARTNER)
  async remind({ reminderId, partnerId }: DataOf<typeof REMIND_PARTNER>): Promise<void> {
    await this.reminders.send(reminderId, partnerId);
  }
}

/** What partners are told of a vendor's programme. */
@Injectable()
export class ProgrammeHandlers {
  constructor(private readonly termsMail: TermsMail) {}

  @Handles(TERMS_PUBLISHED)
  async termsPublished(data: DataOf<typeof TERMS_PUBLISHED>): Promise<void> {
    await this.termsMail.tell(data);
  }
}

/** Companies that ask to become a partner. */
@Injectable()
export class ApplicationHandlers {
  constructor(private readonly applications: Applications) {}

  @Handles(APPLICATION_RECEIVED)
  async received({ applicationId, vendorId }: DataOf<typeof APPLICATION_RECEIVED>): Promise<void> {
    await this.applications.receive(vendorId, applicationId);
  }
}

/** Forecasts and estimates that vendors have requested. */
@Injectable()
export class ForecastHandlers {
  constructor(
    private readonly forecasts: ProgrammeForecasts,
    private readonly counts: UpdateCounts,
  ) {}

  @Handles(COUNT_UPDATE_CONTACTS)
  async count(data: DataOf<typeof COUNT_UPDATE_CONTACTS>): Promise<void> {
    await this.counts.compute(data);
  }

  @Handles(FORECAST_PROGRAMME)
  async forecast(data: DataOf<typeof FORECAST_PROGRAMME>): Promise<void> {
    await this.forecasts.compute(data);
  }
}

/** Exports of organisations: minutes each, as forecasts. */
@Injectable()
export class ExportHandlers {
  constructor(
    private readonly exports: OrganisationExports,
    private readonly eraser: OrganisationEraser,
  ) {}

  @Handles(EXPORT_ORGANISATION)
  async exportOrganisation({ exportId, side, organisationId }: DataOf<typeof EXPORT_ORGANISATION>): Promise<void> {
    await this.exports.run(exportId as OrganisationExportId, side, organisationId);
  }

  @Handles(DELETE_ORGANISATION)
  async deleteOrganisation({ deletionId }: DataOf<typeof DELETE_ORGANISATION>): Promise<void> {
    await this.eraser.carryOut(deletionId as OrganisationDeletionId);
  }
}

/** Jobs that wait for other servers: links, system mails, webhooks. */
@Injectable()
export class NotificationHandlers {
  constructor(
    private readonly links: LinkChecks,
    private readonly mails: SystemMailDelivery,
    private readonly resets: PasswordResets,
    private readonly dispatch: WebhookDispatch,
    private readonly failures: WebhookFailures,
    private readonly disclosures: DisclosureMail,
    private readonly dealShares: DealShareMail,
  ) {}

  @Handles(CHECK_LINKS)
  async checkLinks(data: DataOf<typeof CHECK_LINKS>): Promise<void> {
    await this.links.check(data);
  }

  @Handles(SEND_SYSTEM_MAIL)
  async sendSystemMail({ mailId }: DataOf<typeof SEND_SYSTEM_MAIL>): Promise<void> {
    await this.mails.deliver(mailId);
  }

  @Handles(START_PASSWORD_RESET)
  async startPasswordReset({ requestId }: DataOf<typeof START_PASSWORD_RESET>): Promise<void> {
    await this.resets.start(requestId);
  }

  @Handles(DELIVER_WEBHOOKS)
  async deliverWebhooks({ endpointId, fence }: DataOf<typeof DELIVER_WEBHOOKS>): Promise<void> {
    await this.dispatch.deliver(endpointId, fence);
  }

  @Handles(WEBHOOK_ENDPOINT_DISABLED)
  async webhookDisabled({ endpointId }: DataOf<typeof WEBHOOK_ENDPOINT_DISABLED>): Promise<void> {
    await this.failures.notifyOwners(endpointId);
  }

  @Handles(LEAD_DISCLOSED)
  async leadDisclosed({ disclosureId, vendorId }: DataOf<typeof LEAD_DISCLOSED>): Promise<void> {
    await this.disclosures.tellVendor(vendorId as VendorId, disclosureId as DisclosureId);
  }

  @Handles(DEAL_SHARED)
  async dealShared({ shareId, reader, organisationId }: DataOf<typeof DEAL_SHARED>): Promise<void> {
    await this.dealShares.tell(shareId as DealShareId, reader, organisationId as OrganisationId);
  }

  @Handles(DISCLOSURE_ANSWERED)
  async disclosureAnswered({ answerId, partnerId }: DataOf<typeof DISCLOSURE_ANSWERED>): Promise<void> {
    await this.disclosures.tellPartner(partnerId as PartnerId, answerId as Id<'disclosure-answer'>);
  }
}
