import type { PartnerChoices } from './circumstances.js';
import type { SequenceDefinition } from './sequence-definition.js';

/** The share of contacts that gets nothing of the campaign, in percent; 0: the partner refuses it. */
export const holdOutPercentOf = (
  { holdOut }: Pick<SequenceDefinition, 'holdOut'>,
  { withoutHoldOut }: Pick<PartnerChoices, 'withoutHoldOut'>,
): number => (holdOut === undefined || withoutHoldOut === true ? 0 : holdOut.percent);
