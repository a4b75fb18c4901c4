import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withPolicy } from '../../../shared/preview-policy';
import { rootOf } from './block-boxes';
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
export function CanvasFrame({ rendering, ...props }: CanvasFrameProps) {
  const [front, setFront] = useState(rendering);
  const frames = front.id === rendering.id ? [front] : [front, rendering];
  return frames.map((shown) => (
    <OneFrame key={shown.id} {...props} rendering={shown} isFront={shown === front} onLoaded={() => setFront(shown)} />
  ));
}

interface OneFrameProps extends CanvasFrameProps {
  readonly isFront: boolean;
  readonly onLoaded: () => void;
}

function OneFrame({ rendering, dark, width, height, isFront, onSeen, onLoaded }: OneFrameProps) {
  const { t } = useTranslation();
  const watch = useRef<ResizeObserver>(null);
  useEffect(() => () => watch.current?.disconnect(), []);
  const look = ({ contentDocument }: HTMLIFrameElement): void => {
    if (contentDocument === null) return;
    watch.current?.disconnect();
    // A late picture moves what stands below it.
    watch.current = new ResizeObserver(() => onSeen(rendering, contentDocument));
    watch.current.observe(rootOf(contentDocument));
    onLoaded();
  };
  return (
    <iframe
      title={t('review.emailFrame')}
      aria-hidden={!isFront}
      tabIndex={-1}
      // The portal reads the places of blocks, so the document has its origin.
      // Scripts do not run.
      sandbox="allow-same-origin"
      srcDoc={withPolicy(rendering.html, location.origin)}
      style={{
        position: 'absolute',
        inset: 0,
        border: 0,
        colorScheme: dark ? 'dark' : 'light',
        pointerEvents: 'none',
        width,
        height,
        visibility: isFront ? 'visible' : 'hidden',
      }}
      onLoad={(event) => look(event.currentTarget)}
    />
  );
}
