import { type ChangeDeal, LOST_REASONS } from '#contracts';
import { DAY_MS } from '#kernel';
import type { Lead } from '#leads';
import { chanceOf, chosen } from './chance.js';

type LeadMove =
  | { readonly to: 'accepted' | 'lost' }
  | { readonly to: 'deal'; readonly deal: ChangeDeal; readonly expectedInDays: number | null };

/** A lead on which a partner works, with the address of its person. */
export type WorkedLead = Pick<Lead, 'status' | 'createdAt'> & { readonly email: string };

/** Of all leads: an offer, or no interest; of all offers: won and lost. */
const OFFERED = 0.5;
const DROPPED = 0.4;
const WON = 0.45;
const LOST = 0.3;
/** The price list of the programme is in euros for Europe. */
const EURO_COUNTRIES = ['GB', 'DE', 'AT', 'FR', 'NL', 'ES'];
const PRODUCTS = ['Branch router', 'Security check', 'Cost report', 'Managed edge'];

/**
 * What the partner does with a lead today: accept it after a day, make an offer to every second one, and close
 * most offers within three weeks, small ones soon. Of the others it gives up most: a lead without an answer costs two
 * reminders. Null: nothing. It follows from the address of the person.
 * @param country of the partner, ISO 3166-1: its deals are in euros or in dollars.
 */
export function nextMove({ email, status, createdAt }: WorkedLead, now: Date, country: string): LeadMove | null {
  const age = (now.getTime() - createdAt.getTime()) / DAY_MS;
  const chance = (what: string): number => chanceOf(what, email);
  switch (status) {
    case 'new':
      return age >= 0.5 + 2 * chance('accept') ? { to: 'accepted' } : null;
    case 'accepted':
      return age < 2 + 3 * chance('offer') ? null : answerTo(email, country, chance('has offer'));
    case 'working':
      return age >= 4 + 14 * sizeOf(email) ? closingOf(email, chance('outcome')) : null;
    default:
      return null;
  }
}

function answerTo(email: string, country: string, interest: number): LeadMove | null {
  if (interest < OFFERED) return { to: 'deal', ...offerFor(email, country) };
  return interest < OFFERED + DROPPED ? { to: 'lost' } : null;
}

/** From 0, the smallest offer, to 1. */
const sizeOf = (email: string): number => chanceOf('amount', email) ** 2;

function offerFor(email: string, country: string): Pick<LeadMove & { to: 'deal' }, 'deal' | 'expectedInDays'> {
  const hundreds = 12 + Math.floor(160 * sizeOf(email));
  const amount = { minorUnits: hundreds * 10_000, currency: EURO_COUNTRIES.includes(country) ? 'EUR' : 'USD' };
  return {
    deal: { stage: 'proposal', amount, products: [chosen(PRODUCTS, 'product', email)] },
    expectedInDays: 14 + Math.floor(40 * chanceOf('expected', email)),
  };
}

function closingOf(email: string, outcome: number): LeadMove | null {
  if (outcome < WON) return { to: 'deal', deal: { stage: 'won' }, expectedInDays: null };
  if (outcome < WON + LOST)
    return {
      to: 'deal',
      deal: { stage: 'lost', lostReason: chosen(LOST_REASONS, 'reason', email) },
      expectedInDays: null,
    };
  return null;
}
