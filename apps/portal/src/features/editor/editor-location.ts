import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { CampaignVersionDetail, PackageFiles, TemplateSection, TemplateType } from '#contracts';
import type { Place } from './FilesTab';
import type { Problem } from '../../shared/gates';
import { placeOf, type ProblemPlace } from './checks/problem-place';
import type { PreviewChoice } from './TemplatePreview';

interface Focus {
  readonly id: number;
  /** In the source of the template; null: no block. */
  readonly offset: number | null;
  readonly search: string;
}

/**
 * Selected tab, file and template.
 * The address has tab and file; other screens link by `?tab=copy`, and by
 * `?correct=<code>&file=…&line=…` to a problem.
 */
export function useEditorLocation(
  version: CampaignVersionDetail,
  files: PackageFiles['files'],
  declared: Record<TemplateSection, readonly string[]>,
) {
  const [query, setQuery] = useSearchParams();
  const { emails } = version.tactics;
  const [asked] = useState(() => askedPlace(query, files));
  const first = query.has('file') || emails.length === 0 ? 'files' : 'design';
  const [tab, showTab] = useState(asked?.tab ?? query.get('tab') ?? first);
  const setTab = (name: string) => {
    showTab(name);
    // In the address, so that it survives a save and a reload.
    setQuery({ tab: name }, { replace: true });
  };
  const [open, setOpen] = useState(() => {
    const asked = [query.get('file'), `emails/${emails[0]?.key ?? ''}.mjml`];
    return asked.find((wanted) => files.some(({ path }) => path === wanted)) ?? 'campaign.yaml';
  });
  const [goTo, setGoTo] = useState<Place | null>(() =>
    query.has('line') ? { line: Number(query.get('line')), column: Number(query.get('column') ?? 1) } : null,
  );
  const [show, setShow] = useState<PreviewChoice>(() => ({
    kind: asked?.tab === 'design' ? asked.kind : 'email',
    key: asked?.tab === 'design' ? asked.key : (emails[0]?.key ?? ''),
    locale: (asked?.tab === 'design' ? asked.locale : null) ?? version.locales[0] ?? 'en',
    recipient: {},
    partnerId: null,
  }));
  const openFile = (path: string) => {
    setOpen(path);
    // Survives a save and a reload, too.
    setQuery({ tab: 'files', file: path }, { replace: true });
    setGoTo(null);
    const [, key] = /^(?:emails|pages)\/([a-z][a-z0-9-]*)\./.exec(path) ?? [];
    const kind = path.startsWith('pages/') ? 'page' : 'email';
    const isNew = files.every((file) => file.path !== path);
    // A new template is not declared before the next render.
    if (key !== undefined && (isNew || declared[`${kind}s`].includes(key))) setShow({ ...show, kind, key });
  };
  const jump = ({ file, line, column }: Pick<Problem, 'file' | 'line' | 'column'>) => {
    setTab('files');
    openFile(file);
    setGoTo({ line: line ?? 1, column: column ?? 1 });
  };
  /** Shows an e-mail or page in its builder. */
  const build = (kind: TemplateType, key: string) => {
    setShow({ ...show, kind, key });
    setTab('design');
  };
  /** Kind and key of the shown document or post; empty: the first. */
  const [artwork, setArtwork] = useState(asked?.tab === 'artwork' ? asked.artwork : '');
  const openPost = (key: string) => {
    setArtwork(`social ${key}`);
    setTab('artwork');
  };
  /** What the builder or the table of texts shows first; changes with each jump. */
  const [focus, setFocus] = useState<Focus>(() => ({ id: 0, ...focusOf(asked) }));
  /** Shows where an author corrects a problem. */
  const correct = (problem: Problem, texts: Readonly<Record<string, string>>) => {
    const place = placeOf(problem, texts);
    // An author who works in the files goes to the line.
    if (place.tab === 'files' || tab === 'files') {
      jump(problem);
      return;
    }
    setFocus(({ id }) => ({ id: id + 1, ...focusOf(place) }));
    if (place.tab === 'design')
      setShow({ ...show, kind: place.kind, key: place.key, locale: place.locale ?? show.locale });
    if (place.tab === 'artwork') setArtwork(place.artwork);
    setTab(place.tab);
    // The list of checks is below.
    window.scrollTo({ top: 0 });
  };
  return {
    focus,
    correct,
    tab,
    show,
    open,
    goTo,
    artwork,
    setTab,
    setShow,
    setArtwork,
    openPost,
    openFile,
    build,
    jump,
  };
}

const focusOf = (place: ProblemPlace | null): Omit<Focus, 'id'> => ({
  offset: place?.tab === 'design' ? place.offset : null,
  search: place?.tab === 'copy' ? place.search : '',
});

/** The place of the problem that the address names; null: it names none. */
function askedPlace(query: URLSearchParams, files: PackageFiles['files']): ProblemPlace | null {
  const code = query.get('correct');
  if (code === null) return null;
  const texts = Object.fromEntries(files.flatMap(({ path, text }) => (text === null ? [] : [[path, text] as const])));
  const number = (name: string): number | null => (query.has(name) ? Number(query.get(name)) : null);
  const place = { file: query.get('file') ?? '', line: number('line'), column: number('column') };
  return placeOf({ code, severity: 'warning', message: query.get('message') ?? '', remedy: '', ...place }, texts);
}
