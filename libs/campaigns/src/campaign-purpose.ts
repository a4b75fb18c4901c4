import { DomainError } from '#kernel';
import type { Campaign } from './campaign.schema.js';

/** @throws DomainError `campaign.frozen` for a newsletter that waits to be sent, or was sent. */
export function requireUnfrozen({ id, frozenAt }: Pick<Campaign, 'id' | 'frozenAt'>): void {
  if (frozenAt === null) return;
  throw new DomainError(
    'campaign.frozen',
    'This newsletter is scheduled or was sent, so it cannot change. Cancel the sending first, or duplicate the newsletter.',
    { campaignId: id },
    { kind: 'conflict' },
  );
}

/** @throws DomainError `campaign.is-newsletter`: it is not reviewed and published, it is sent. */
export function requireCampaign({ id, purpose }: Pick<Campaign, 'id' | 'purpose'>): void {
  if (purpose === 'campaign') return;
  throw new DomainError(
    'campaign.is-newsletter',
    'This is a newsletter: partners cannot launch it. Send it to people of your partners instead.',
    { campaignId: id },
    { kind: 'conflict' },
  );
}
