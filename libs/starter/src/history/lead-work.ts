import { type ChangeDeal, LOST_REASONS } from '#contracts';
import { DAY_MS } from '#kernel';
import type { Lead } from '#leads';
import { chanceOf, chosen } from './chance.js';

type LeadMove =
  | { readonly to: 'accepted' }
  | { readonly to: 'deal'; readonly deal: ChangeDeal; readonly expectedInDays: number | null };

const WON = 0.4;
const LOST = 0.35;
const EURO_COUNTRIES = ['DE', 'AT', 'FR', 'NL', 'ES'];
const PRODUCTS = ['Branch router', 'Security check', 'Cost report', 'Managed edge'];

/**
 * What the partner does with a lead today: accept it after a day, make an offer after five, close most
 * after two to five weeks. Null: nothing.
 * @param country of the partner, ISO 3166-1: its deals are in euros or in dollars.
 */
export function nextMove(
  { contactId, status, createdAt }: Pick<Lead, 'contactId' | 'status' | 'createdAt'>,
  now: Date,
  country: string,
): LeadMove | null {
  const age = (now.getTime() - createdAt.getTime()) / DAY_MS;
  const chance = (what: string): number => chanceOf(what, contactId);
  switch (status) {
    case 'new':
      return age >= 0.5 + 2 * chance('accept') ? { to: 'accepted' } : null;
    case 'accepted':
      return age >= 5 + 3 * chance('offer') ? { to: 'deal', ...offerFor(contactId, country) } : null;
    case 'working':
      return age >= 12 + 24 * chance('close') ? closingOf(contactId, chance('outcome')) : null;
    default:
      return null;
  }
}

function offerFor(contactId: string, country: string): Pick<LeadMove & { to: 'deal' }, 'deal' | 'expectedInDays'> {
  const hundreds = 25 + Math.floor(280 * chanceOf('amount', contactId) ** 2);
  const amount = { minorUnits: hundreds * 10_000, currency: EURO_COUNTRIES.includes(country) ? 'EUR' : 'USD' };
  return {
    deal: { stage: 'proposal', amount, products: [chosen(PRODUCTS, 'product', contactId)] },
    expectedInDays: 14 + Math.floor(40 * chanceOf('expected', contactId)),
  };
}

function closingOf(contactId: string, outcome: number): LeadMove | null {
  if (outcome < WON) return { to: 'deal', deal: { stage: 'won' }, expectedInDays: null };
  if (outcome < WON + LOST)
    return {
      to: 'deal',
      deal: { stage: 'lost', lostReason: chosen(LOST_REASONS, 'reason', contactId) },
      expectedInDays: null,
    };
  return null;
}
