import { useWindowEvent } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getBlob } from '../../../shared/api';
import { removed } from './acts';
import { BLOCK_TYPE, type CopiedBlock, copiedBlock, readCopiedBlock, withPasted } from './clipboard';
import { MOST_PARTS, MOST_PASTED, partsOfText, pastedParts } from './pasted-html';
import { canStandIn } from './saved-blocks';
import type { Builder } from './use-builder';
import { useLatest } from './use-latest';
import type { PictureChoices } from './use-picture-choices';

/**
 * Copies, cuts and pastes blocks by the keys of the system: also to another
 * campaign, in another window. Text of other programs becomes text blocks.
 * @param campaignId whose files the builder shows.
 */
export function useClipboard(builder: Builder, choices: PictureChoices, campaignId: string) {
  const { t } = useTranslation();
  const latest = useLatest({ builder, choices });
  const warn = (message: string): void => void notifications.show({ color: 'yellow', message });
  const paste = useMutation({
    mutationFn: async (block: CopiedBlock) => {
      if (!canStandIn(latest.current.builder.template.kind, block.markup)) {
        warn(t('library.inBuilder.otherKind'));
        return;
      }
      const paths = new Map<string, string>();
      const { upload, pictures } = latest.current.choices;
      for (const [path, url] of Object.entries(block.pictures)) {
        if (block.campaignId === campaignId && pictures.includes(path)) continue;
        const bytes = await getBlob(url.replace('/api/v1', ''), new AbortController().signal);
        const name = path.replace(/^.*\//, '');
        const file = new File([bytes], pictures.includes(path) ? `${block.campaignId.slice(-6)}-${name}` : name);
        paths.set(path, await upload(file));
      }
      const { template, block: selected, perform } = latest.current.builder;
      perform(withPasted(template, block, paths, selected));
    },
  });
  const copy = (event: ClipboardEvent): boolean => {
    const { template, block } = latest.current.builder;
    if (block === null || event.clipboardData === null || isElsewhere(event)) return false;
    const copied = copiedBlock(template, block, campaignId, latest.current.choices.urlOf);
    event.clipboardData.setData(BLOCK_TYPE, JSON.stringify(copied));
    event.clipboardData.setData('text/plain', copied.markup);
    event.preventDefault();
    return true;
  };
  useWindowEvent('copy', copy);
  useWindowEvent('cut', (event) => {
    const { template, block, perform } = latest.current.builder;
    if (copy(event) && block !== null) perform(removed(template, block));
  });
  const pasteText = (html: string, text: string): void => {
    if (Math.max(html.length, text.length) > MOST_PASTED) {
      warn(t('builder.pasteTooLong'));
      return;
    }
    const parts = html === '' ? partsOfText(text) : pastedParts(html);
    const { template, block, perform } = latest.current.builder;
    if (parts.length > MOST_PARTS) warn(t('builder.pasteTooMany', { parts: parts.length, most: MOST_PARTS }));
    else if (parts.length > 0) perform(withPasted(template, { parts }, new Map(), block));
  };
  useWindowEvent('paste', (event) => {
    const data = event.clipboardData;
    if (data === null || isElsewhere(event)) return;
    const block = readCopiedBlock(data.getData(BLOCK_TYPE));
    const [html, text] = [data.getData('text/html'), data.getData('text/plain')];
    if (block === null && html === '' && text === '') return;
    event.preventDefault();
    if (block === null) pasteText(html, text);
    else paste.mutate(block);
  });
  return { error: paste.error, isPasting: paste.isPending };
}

/** Whether the event belongs to a field, or to text that the author marked. */
function isElsewhere({ type, target }: ClipboardEvent): boolean {
  const field = target instanceof Element ? target.closest('input, textarea, select, [contenteditable="true"]') : null;
  if (field !== null) return true;
  return type !== 'paste' && window.getSelection()?.isCollapsed === false;
}
