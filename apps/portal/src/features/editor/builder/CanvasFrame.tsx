import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withPolicy } from '../../../shared/preview-policy';
import { heightOf } from './block-boxes';
import type { CanvasRendering } from './use-canvas';

interface CanvasFrameProps {
  readonly rendering: CanvasRendering;
  readonly dark: boolean;
  readonly width: number;
  readonly height: number;
  /** Called when a rendering has loaded, and when its size changes. */
  readonly onSeen: (rendering: CanvasRendering, document: Document) => void;
}

/**
 * The rendering in a sandbox without scripts. The next one loads behind the
 * current one and replaces it, so that nothing flickers.
 */
export function CanvasFrame({ rendering, dark, width, height, onSeen }: CanvasFrameProps) {
  const { t } = useTranslation();
  const [front, setFront] = useState(rendering);
  const watch = useRef<ResizeObserver>(null);
  useEffect(() => () => watch.current?.disconnect(), []);
  const look = (shown: CanvasRendering, frame: HTMLIFrameElement): void => {
    const { contentDocument } = frame;
    if (contentDocument === null) return;
    setFront(shown);
    watch.current?.disconnect();
    watch.current = new ResizeObserver(() => {
      if (frame.contentDocument === contentDocument && heightOf(contentDocument) > 0) onSeen(shown, contentDocument);
    });
    watch.current.observe(contentDocument.documentElement);
    onSeen(shown, contentDocument);
  };
  const frames = front.id === rendering.id ? [front] : [front, rendering];
  return frames.map((shown) => (
    <iframe
      key={shown.id}
      title={t('review.emailFrame')}
      aria-hidden={shown !== front}
      tabIndex={-1}
      // The portal reads the places of blocks, so the document has its origin.
      // Scripts do not run.
      sandbox="allow-same-origin"
      srcDoc={withPolicy(shown.html, location.origin)}
      style={{
        position: 'absolute',
        inset: 0,
        border: 0,
        colorScheme: dark ? 'dark' : 'light',
        pointerEvents: 'none',
        width,
        height,
        visibility: shown === front ? 'visible' : 'hidden',
      }}
      onLoad={(event) => look(shown, event.currentTarget)}
    />
  ));
}
