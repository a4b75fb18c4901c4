import { type Amount, type ChangeDeal, type DealStage, type LostReason, OPEN_STAGES } from '#contracts';

/** What the form of a deal holds. */
export interface DealEntry {
  /** Null: not known. */
  readonly amount: Amount | null;
  readonly expectedOn: string | null;
  readonly stage: DealStage;
  /** Of a won or lost deal. */
  readonly closedOn: string | null;
  readonly lostReason: LostReason | null;
  readonly products: readonly string[];
}

/** Whether it is won or lost. */
export const isClosed = (stage: DealStage): boolean => !(OPEN_STAGES as readonly string[]).includes(stage);

/** A deal as a form begins with it. */
export interface EditedDeal extends DealEntry {
  /** 0: there is none yet. */
  readonly version: number;
}

/**
 * What was typed, over a deal that others have changed meanwhile.
 * @param opened the deal as the form showed it at first.
 */
export function typedOver(opened: DealEntry, entered: DealEntry, current: DealEntry): DealEntry {
  const { amount, expectedOn, stage, closedOn, lostReason, products } = dealChanges(opened, entered);
  return {
    amount: amount === undefined ? current.amount : amount,
    expectedOn: expectedOn === undefined ? current.expectedOn : expectedOn,
    stage: stage ?? current.stage,
    closedOn: closedOn ?? current.closedOn,
    lostReason: lostReason === undefined ? current.lostReason : lostReason,
    products: products ?? current.products,
  };
}

/**
 * What a person changed of a deal, so that another person's change of the rest stays.
 * @param opened the deal as the form showed it at first.
 */
export function dealChanges(opened: DealEntry, entered: DealEntry): ChangeDeal {
  const { stage, amount, expectedOn, closedOn, lostReason, products } = entered;
  const isMoved = stage !== opened.stage;
  return {
    ...(isMoved ? { stage } : {}),
    ...(isSameAmount(amount, opened.amount) ? {} : { amount }),
    ...(isClosed(stage) || expectedOn === opened.expectedOn ? {} : { expectedOn }),
    ...(isClosed(stage) && closedOn !== null && (isMoved || closedOn !== opened.closedOn) ? { closedOn } : {}),
    ...(stage !== 'lost' || lostReason === opened.lostReason ? {} : { lostReason }),
    ...(products.join('\n') === opened.products.join('\n') ? {} : { products: [...products] }),
  };
}

const isSameAmount = (one: Amount | null, other: Amount | null): boolean =>
  one?.minorUnits === other?.minorUnits && one?.currency === other?.currency;
