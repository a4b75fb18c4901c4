import { hasForm, isContainer, type SourceElement } from '#template-source';
import type { KeyboardEvent } from 'react';
import { duplicated, moved, removed, stepPlace } from './acts';
import { textInPlace } from './email-copy';
import type { Builder } from './use-builder';

/** Does what a key means for the selected block, in the list and on the canvas. */
export function pressBlockKey(builder: Builder, event: KeyboardEvent, focus: (number: number) => void): void {
  const { block, blocks, source, template, perform } = builder;
  if (block === null || event.defaultPrevented) return;
  const go = (target: SourceElement | null | undefined): void => {
    const number = target === null || target === undefined ? -1 : blocks.indexOf(target);
    if (number === -1) return;
    builder.select(number);
    focus(number);
  };
  const act = keyAct(event);
  if (act === null) return;
  event.preventDefault();
  const at = blocks.indexOf(block);
  if (act === 'next') go(blocks[at + 1]);
  else if (act === 'previous') go(blocks[at - 1]);
  else if (act === 'parent') go(block.parent);
  else if (act === 'child') go(isContainer(block) ? block.children[0] : null);
  else if (act === 'up' || act === 'down') {
    const place = stepPlace(source, block, act);
    if (place !== null) perform(moved(template, block, place));
  } else if (act === 'remove') perform(removed(template, block));
  else if (act === 'duplicate') perform(hasForm(block) ? null : duplicated(template, block));
  else if (textInPlace(source, block) !== null) builder.setWriting(at);
}

type KeyAct = 'next' | 'previous' | 'parent' | 'child' | 'up' | 'down' | 'remove' | 'duplicate' | 'write';
const PLAIN: Readonly<Record<string, KeyAct>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  ArrowLeft: 'parent',
  ArrowRight: 'child',
  Delete: 'remove',
  Backspace: 'remove',
  Enter: 'write',
};
const WITH_ALT: Readonly<Record<string, KeyAct>> = { ArrowUp: 'up', ArrowDown: 'down' };

function keyAct({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): KeyAct | null {
  if (altKey) return WITH_ALT[key] ?? null;
  if (ctrlKey || metaKey) return key === 'd' ? 'duplicate' : null;
  return PLAIN[key] ?? null;
}
