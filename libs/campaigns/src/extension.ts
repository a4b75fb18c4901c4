import { DomainError, type PartnerGroupId, type PartnerId } from '#kernel';
import { type Availability, calendarDate } from './availability.js';
import type { CampaignVersion } from './campaign-version.js';

/** More partners or days for a published version. Nothing is taken away. */
export interface Extension {
  /** These too. */
  readonly partnerGroupIds: readonly PartnerGroupId[];
  /** All partners of the programme instead of groups. */
  readonly forEveryone: boolean;
  /** The new last day; null: as it is. */
  readonly closesOn: Availability['closesOn'] | null;
}

/** What an extension changes. */
export interface ExtensionChange {
  readonly addedGroupIds: readonly PartnerGroupId[];
  readonly toEveryone: boolean;
  /** The former last day; null if it stays. */
  readonly closedOn: Availability['closesOn'] | null;
}

/**
 * Extends a published version.
 * @returns what has changed; null if it was so already.
 * @throws DomainError `campaign-version.not-extendable`,
 *   `availability.shorter` for a last day before the present one,
 *   `availability.window-unusable` for a last day that is over.
 */
export function extend(version: CampaignVersion, extension: Extension, now: Date): ExtensionChange | null {
  const { forEveryone, partnerGroupIds: before, closesOn } = version;
  if (version.status !== 'published' || closesOn === null)
    throw new DomainError(
      'campaign-version.not-extendable',
      `Version ${version.number} was not changed. Only a published version can be extended.`,
      { versionId: version.id, status: version.status },
      { kind: 'conflict' },
    );
  if (extension.closesOn !== null) requireLater(extension.closesOn, closesOn, now);
  const toEveryone = extension.forEveryone && !forEveryone;
  const addedGroupIds =
    toEveryone || forEveryone ? [] : [...new Set(extension.partnerGroupIds)].filter((id) => !before.includes(id));
  const lastDay = extension.closesOn ?? closesOn;
  if (!toEveryone && addedGroupIds.length === 0 && lastDay === closesOn) return null;
  version.forEveryone = forEveryone || toEveryone;
  version.partnerGroupIds = toEveryone ? [] : [...before, ...addedGroupIds];
  version.closesOn = lastDay;
  return { addedGroupIds, toEveryone, closedOn: lastDay === closesOn ? null : closesOn };
}

/**
 * Refuses an extension for partners to which the version is offered already.
 * A group of them would change nothing but promise that it does.
 * @param offered to which partners it is offered now; null: to all.
 * @param nameOf for the error.
 * @throws DomainError `campaign-version.offered-already`.
 */
export function requireNotOffered(
  added: readonly PartnerId[],
  offered: ReadonlySet<PartnerId> | null,
  nameOf: (id: PartnerId) => string,
): void {
  const already = added.filter((id) => offered === null || offered.has(id));
  if (already.length === 0) return;
  const names = already.map(nameOf).join(', ');
  throw new DomainError(
    'campaign-version.offered-already',
    `This version is offered to these partners already: ${names}. Take them out of partnerIds.`,
    { field: 'newGroup.partnerIds', names, partnerIds: already },
    { kind: 'conflict' },
  );
}

function requireLater(wanted: string, closesOn: string, now: Date): void {
  if (wanted < closesOn)
    throw new DomainError(
      'availability.shorter',
      `Partners were told that they can launch it until ${closesOn}. Choose a later last day. To end it sooner, stop new launches.`,
      { field: 'closesOn', closesOn },
    );
  if (wanted > closesOn && wanted < calendarDate(now))
    throw new DomainError('availability.window-unusable', 'The window is over already: choose a later last day.', {
      field: 'closesOn',
    });
}
