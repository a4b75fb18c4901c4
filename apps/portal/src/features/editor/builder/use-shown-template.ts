import { blocksOf, parseSource } from '#template-source';
import { useEffect, useRef, useState } from 'react';
import { catalogueOf } from '../copy-table';
import { type Template, sourceOf } from './acts';
import { type BlockBox, boxesIn, heightOf } from './block-boxes';
import { showAtOnce } from './show-at-once';
import type { Builder } from './use-builder';
import type { CanvasRendering } from './use-canvas';

/** What the canvas shows, and where its blocks are. */
interface Seen {
  readonly boxes: readonly (BlockBox | null)[];
  readonly tall: number;
  readonly document: Document | null;
  readonly source: string | null;
}

const LEAST_HEIGHT = 480;

/**
 * The e-mail in the frame. An act changes what is shown at once; the server's
 * rendering replaces it a moment later.
 */
export function useShownTemplate({ template, source, brokenAt }: Pick<Builder, 'template' | 'source' | 'brokenAt'>) {
  const [seen, setSeen] = useState<Seen>({ boxes: [], tall: LEAST_HEIGHT, document: null, source: null });
  const shown = useRef(new WeakMap<Document, Template>());
  const measure = (document: Document): void => {
    const of = shown.current.get(document);
    if (of === undefined) return;
    const boxes = boxesIn(document, blocksOf(parseSource(sourceOf(of))));
    setSeen({ boxes, tall: Math.max(heightOf(document), LEAST_HEIGHT), document, source: sourceOf(of) });
  };
  const look = (rendering: CanvasRendering, document: Document): void => {
    if (!shown.current.has(document)) shown.current.set(document, rendering.template);
    measure(document);
  };
  const catalogue = template.texts[catalogueOf(template.locale)];
  useEffect(() => {
    const { document } = seen;
    const before = document === null ? undefined : shown.current.get(document);
    if (document === null || before === undefined || brokenAt !== null) return;
    const isOther = before.file !== template.file || before.locale !== template.locale;
    const isSame = sourceOf(before) === source && before.texts[catalogueOf(template.locale)] === catalogue;
    if (isOther || isSame) return;
    showAtOnce(document, before, template);
    shown.current.set(document, template);
    measure(document);
    // Other values of the e-mail are new objects with each render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [seen.document, source, catalogue, template.locale, brokenAt]);
  return { seen, look };
}
