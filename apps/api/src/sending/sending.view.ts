import { domainChoiceVersion, relativeNameOf, type SendingDomain } from '#brand';
import type * as contracts from '#contracts';
import type { PartnerSending, SendingCounts, SendingSettings } from '#sequences';
import { nextCursor } from '../http/cursor-page.js';

/** A partner's. */
export const sendingDomainView = (domain: SendingDomain): contracts.SendingDomain => ({
  fromAddress: `${domain.fromLocal ?? ''}@${domain.domain}`,
  ...domainView(domain),
});

export const vendorDomainView = (domain: SendingDomain): contracts.VendorDomain => ({
  foreignMailHosts: domain.foreignMailHosts,
  ...domainView(domain),
});

function domainView(domain: SendingDomain): Omit<contracts.SendingDomain, 'fromAddress'> {
  return {
    domain: domain.domain,
    state: domain.state,
    stateSince: domain.stateSince.toISOString(),
    checkedAt: domain.checkedAt?.toISOString() ?? null,
    nextCheckAt: domain.nextCheckAt.toISOString(),
    records: domain.records.map(({ purpose, type, name, value, finding, fix }) => ({
      purpose,
      type,
      name,
      relativeName: relativeNameOf(name),
      value,
      fix,
      isChecked: finding !== null,
      problem: finding?.problem ?? null,
      found: finding?.found ?? null,
    })),
  };
}

export function sendingSettingsView({
  standardAddress,
  vendorAddresses,
  domain,
  stream,
  stops,
}: SendingSettings): contracts.SendingSettings {
  return {
    standardAddress,
    vendorAddresses: vendorAddresses.map((one) => ({ ...one })),
    domain: domain === null ? null : sendingDomainView(domain),
    domainVersion: domainChoiceVersion(domain),
    stream: {
      today: stream.today === null ? null : { limit: stream.today.limit, taken: stream.today.taken },
      initialHold:
        stream.initialHold === null
          ? null
          : {
              limit: stream.initialHold.limit,
              taken: stream.initialHold.taken,
              endsAt: stream.initialHold.endsAt.toISOString(),
            },
      waiting: stream.waiting,
    },
    stops: stops.map(({ cause, since, counted, resumableFrom }) => ({
      cause,
      since: since.toISOString(),
      bad: counted?.bad ?? null,
      submitted: counted?.submitted ?? null,
      resumableFrom: resumableFrom?.toISOString() ?? null,
    })),
  };
}

export function partnerSendingView(
  partners: readonly PartnerSending[],
  counts: SendingCounts,
  limit: number,
): contracts.PartnerSending {
  return {
    items: partners.map(({ partnerId, name, domainState, stops, missingConsents }) => ({
      partnerId,
      name,
      domainState,
      stops: [...stops],
      missingConsents: missingConsents.map(({ purpose, host }) => ({ purpose, host })),
    })),
    nextCursor: nextCursor(partners, limit, ({ membershipId }) => membershipId),
    counts: { partners: counts.partners, ownDomain: counts.ownDomain, stopped: counts.stopped },
  };
}
