import { Grid, Paper, Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { AuthoringLanguage, PackageFiles } from '#contracts';
import type { EditSession } from './edit-session';
import { FileActions } from './FileActions';
import { FileList, type ListedFile } from './FileList';
import type { Problem } from '../../shared/gates';

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
  readonly edits: EditSession;
  readonly files: PackageFiles['files'];
  readonly language: AuthoringLanguage;
  readonly problems: readonly Problem[];
  readonly open: string;
  readonly goTo: Place | null;
  readonly onOpen: (path: string) => void;
  /** Preview of the template. */
  readonly children: React.ReactNode;
}

/** Shows a vendor the files, one of them open, beside its preview. */
export function FilesTab({ edits, files, language, problems, open, goTo, onOpen, children }: FilesTabProps) {
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 3, xl: 2 }}>
        <FileList
          files={listed(files, edits.texts)}
          changes={edits.changes}
          problems={problems}
          open={open}
          onOpen={onOpen}
        />
        <FileActions edits={edits} files={files} open={open} onOpen={onOpen} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 9, xl: 5 }}>
        <Paper withBorder style={{ overflow: 'hidden' }}>
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
        </Paper>
      </Grid.Col>
      <Grid.Col span={{ base: 12, xl: 5 }}>{children}</Grid.Col>
    </Grid>
  );
}

/** Saved files merged with unsaved ones. */
function listed(files: PackageFiles['files'], texts: EditSession['texts']): ListedFile[] {
  const made = Object.keys(texts).filter((path) => files.every((file) => file.path !== path));
  return [...files, ...made.map((path) => ({ path, text: texts[path] ?? '' }))].sort((one, other) =>
    one.path < other.path ? -1 : 1,
  );
}
