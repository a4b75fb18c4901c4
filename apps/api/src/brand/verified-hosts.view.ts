import { type HostClaim, type HostProof, unprovenHost } from '#brand';
import type * as contracts from '#contracts';
import { unicodeHost } from '#rendering';

export function hostClaimView(claim: HostClaim): contracts.HostClaim {
  const { host, state, record, finding, fix } = claim;
  return {
    host,
    letters: unicodeHost(host),
    state,
    stateSince: claim.stateSince.toISOString(),
    checkedAt: claim.checkedAt?.toISOString() ?? null,
    nextCheckAt: claim.nextCheckAt.toISOString(),
    record: { type: record.type, name: record.name, value: record.value },
    isChecked: finding !== null,
    problem: finding?.problem ?? null,
    found: finding?.found ?? null,
    fix,
  };
}

export function verifiedHostsView(
  profile: Parameters<typeof unprovenHost>[0],
  proofs: readonly HostProof[],
  claims: readonly HostClaim[],
): contracts.VerifiedHosts {
  return {
    hosts: proofs.map(({ host, how, since }) => ({
      host,
      letters: unicodeHost(host),
      how,
      since: since.toISOString(),
    })),
    claims: claims.map(hostClaimView),
    unprovenWebsite: unprovenHost(profile),
  };
}
