import type { Recall } from '#campaigns';
import { DomainError } from '#kernel';
import type { Activation } from '../activation.js';

/** Something that its vendor has recalled was asked for. Public pages answer with a notice. */
export class ContentRecalled extends DomainError {
  constructor(
    readonly activation: Activation,
    readonly recall: Recall,
  ) {
    super(
      'content.recalled',
      'The vendor has recalled this content, so it is not shown any more. Ask the company that sent it to you.',
      {},
      { kind: 'gone' },
    );
  }
}

/** The landing page of a campaign that is over was asked for, and its vendor wants a notice instead. */
export class CampaignOver extends DomainError {
  constructor(readonly activation: Activation) {
    super('campaign.over', 'The campaign is over, so its page is not shown any more.', {}, { kind: 'gone' });
  }
}
