import { Autocomplete, type AutocompleteProps, TagsInput, type TagsInputProps } from '@mantine/core';
import { usePartnerTraits } from './api';

/** The property that suggestions are of. */
type Trait = 'tiers' | 'regions';

function useSuggestions(trait: Trait): string[] {
  return usePartnerTraits().data?.[trait] ?? [];
}

/** A tier or region of one partner. Offers those of other partners. */
export function TraitInput({ trait, ...input }: { readonly trait: Trait } & AutocompleteProps) {
  return <Autocomplete data={useSuggestions(trait)} comboboxProps={{ withinPortal: true }} {...input} />;
}

/** Tiers or regions of a rule. Offers those that partners have. */
export function TraitsInput({ trait, ...input }: { readonly trait: Trait } & TagsInputProps) {
  return <TagsInput data={useSuggestions(trait)} comboboxProps={{ withinPortal: true }} acceptValueOnBlur {...input} />;
}
