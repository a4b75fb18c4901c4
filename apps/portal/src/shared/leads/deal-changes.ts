import type { Amount, ChangeDeal, DealStage, LostReason } from '#contracts';

/** What the form of a deal holds. */
export interface DealEntry {
  /** Null: not known. */
  readonly amount: Amount | null;
  readonly expectedOn: string | null;
  readonly stage: DealStage;
  readonly lostReason: LostReason | null;
}

/**
 * What a person changed of a deal, so that another person's change of the rest stays.
 * @param opened the deal as the form showed it at first.
 */
export function dealChanges(opened: DealEntry, entered: DealEntry): ChangeDeal {
  return {
    ...(entered.stage === opened.stage ? {} : { stage: entered.stage }),
    ...(isSameAmount(entered.amount, opened.amount) ? {} : { amount: entered.amount }),
    ...(entered.expectedOn === opened.expectedOn ? {} : { expectedOn: entered.expectedOn }),
    ...(entered.stage !== 'lost' || entered.lostReason === opened.lostReason ? {} : { lostReason: entered.lostReason }),
  };
}

const isSameAmount = (one: Amount | null, other: Amount | null): boolean =>
  one?.minorUnits === other?.minorUnits && one?.currency === other?.currency;
