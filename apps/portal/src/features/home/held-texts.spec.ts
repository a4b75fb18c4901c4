import { heldTexts } from './held-texts';

describe('what the home says of a campaign that is held', () => {
  it.each([
    ['recalled by the vendor', 'next.recalled', 'next.recalledText'],
    ['by the vendor', 'next.held', 'next.vendorHeldText'],
    ['by the partner', 'next.held', 'next.heldText'],
    [null, 'next.held', 'next.heldText'],
  ])('%s: the partner is asked to resume only what it can resume', (statusReason, heading, text) => {
    expect(heldTexts({ statusReason })).toEqual({ heading, text });
  });
});
