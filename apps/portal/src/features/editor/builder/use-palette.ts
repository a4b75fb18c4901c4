import type { Place } from '#template-source';
import { useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useBrandKitColours } from '../api';
import type { Choices } from './InspectorField';
import { type PaletteName, preparePaletteBlock, withPaletteBlock } from './palette-blocks';
import type { Builder } from './use-builder';
import { useLatest } from './use-latest';

/** Inserts a block of the palette, with the pictures that it needs. */
export function usePalette(builder: Builder, { pictures, upload }: Choices) {
  const design = useBrandKitColours().data?.design ?? null;
  const latest = useLatest({ builder, pictures, design });
  const { mutate, error } = useMutation({
    // Most blocks need no upload, so they can be inserted without a network.
    networkMode: 'always',
    mutationFn: ({ name }: { readonly name: PaletteName; readonly at: Place | null }) =>
      preparePaletteBlock(name, pictures, upload),
    onSuccess: (_, { name, at }) => {
      const { template, block, perform } = latest.current.builder;
      perform(withPaletteBlock(template, name, at ?? block, latest.current.pictures, latest.current.design));
    },
  });
  /** @param at null: after the selected block. */
  const insert = useMemo(
    () =>
      (name: PaletteName, at: Place | null = null): void =>
        mutate({ name, at }),
    [mutate],
  );
  return { insert, error };
}
