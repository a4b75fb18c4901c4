import { Grid, Paper, Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { AuthoringLanguage, CampaignVersionDetail, PackageFiles, TemplateType } from '#contracts';
import { BinaryFile } from './BinaryFile';
import type { EditSession } from './edit-session';
import { FileActions } from './FileActions';
import { FileList, type ListedFile } from './FileList';
import { sourceOf } from './file-bytes';
import type { Problem } from '../../shared/gates';
import { useUpload } from './use-upload';

const loadCodeArea = () => import('./CodeArea');
const CodeArea = lazy(loadCodeArea);
// Preloads the code editor with the files.
// If it fails, the component that renders it retries and reports the error.
loadCodeArea().catch(() => undefined);

export interface Place {
  readonly line: number;
  readonly column: number;
}

interface FilesTabProps {
  readonly version: CampaignVersionDetail;
  readonly edits: EditSession;
  readonly files: PackageFiles['files'];
  readonly language: AuthoringLanguage;
  readonly problems: readonly Problem[];
  readonly open: string;
  readonly goTo: Place | null;
  readonly onOpen: (path: string) => void;
  readonly onBuild: (kind: TemplateType, key: string) => void;
  /** Preview of the template. */
  readonly children: React.ReactNode;
}

/** Shows a vendor the files, one of them open, beside its preview. */
export function FilesTab({
  version,
  edits,
  files,
  language,
  problems,
  open,
  goTo,
  onOpen,
  onBuild,
  children,
}: FilesTabProps) {
  const upload = useUpload(version.campaignId);
  const all = listed(files, edits);
  const isText = all.find(({ path }) => path === open)?.text !== null;
  const bytes = isText ? null : sourceOf(version, { files }, edits, open);
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 3, xl: 2 }}>
        <FileList
          files={all}
          sourceOf={(path) => sourceOf(version, { files }, edits, path)}
          changes={edits.changes}
          problems={problems}
          open={open}
          onOpen={onOpen}
        />
        <FileActions edits={edits} files={files} open={open} upload={upload} onOpen={onOpen} onBuild={onBuild} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 9, xl: 5 }}>
        <Paper withBorder style={{ overflow: 'hidden' }}>
          {bytes !== null ? (
            <BinaryFile
              path={open}
              source={bytes}
              upload={upload}
              onTakeBack={edits.uploads.some(({ path }) => path === open) ? () => edits.restore(open) : undefined}
            />
          ) : (
            <Suspense fallback={<Skeleton height={640} />}>
              <CodeArea
                path={open}
                text={edits.textOf(open)}
                language={language}
                problems={problems.filter((problem) => problem.file === open)}
                readOnly={!(open in edits.texts)}
                goTo={goTo}
                session={edits.session}
                onWrite={(text) => edits.write({ [open]: text })}
              />
            </Suspense>
          )}
        </Paper>
      </Grid.Col>
      <Grid.Col span={{ base: 12, xl: 5 }}>{children}</Grid.Col>
    </Grid>
  );
}

/** Files of the package, with new and uploaded ones. */
function listed(files: PackageFiles['files'], { texts, uploads }: EditSession): ListedFile[] {
  const uploaded = uploads.map(({ path }) => ({ path, text: null }));
  const others = files.filter(({ path }) => uploads.every((file) => file.path !== path));
  const made = Object.keys(texts).filter((path) => files.every((file) => file.path !== path));
  return [...others, ...uploaded, ...made.map((path) => ({ path, text: texts[path] ?? '' }))].sort((one, other) =>
    one.path < other.path ? -1 : 1,
  );
}
